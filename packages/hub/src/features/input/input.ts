import { PortholeError } from '@porthole/protocol';
import type { DeviceDirectory } from '../../devices/directory.ts';
import type { ChannelContext, ChannelHooks } from '../../portals/channelHooks.ts';

/**
 * Who is in control of each device. The open input channel is the seat: there is at most one per device, and whoever
 * takes it closes the one before.
 */
export class InputSeats implements ChannelHooks {
  readonly #directory: DeviceDirectory;
  readonly #seats = new Map<string, ChannelContext>();

  constructor(directory: DeviceDirectory) {
    this.#directory = directory;
  }

  /** Refuses with `control.busy` when the seat is taken and the viewer does not insist. */
  opening(context: ChannelContext): void {
    const seated = this.#seats.get(context.device.id);
    if (seated && seated.viewer !== context.viewer && context.params.take !== true)
      throw new PortholeError('control.busy');
    seated?.close('control.taken');
    this.#seats.set(context.device.id, context);
    context.device.setControlling(context.viewer, context.subject.username, true);
    this.#directory.changed(context.device.id);
  }

  closed(context: ChannelContext): void {
    const { device } = context;
    if (this.#seats.get(device.id) !== context) return;
    this.#seats.delete(device.id);
    device.setControlling(context.viewer, context.subject.username, false);
    this.#directory.changed(device.id);
  }

  /**
   * Vacates the seat on behalf of a session that holds it, so that the viewer `to` may take it. Throws `viewer.unknown` when
   * `to` does not watch the device, `control.busy` when the session is not in control.
   */
  give(deviceId: string, sessionId: string, to: string): void {
    const seated = this.#seats.get(deviceId);
    if (!this.#directory.get(deviceId).hasViewer(to)) throw new PortholeError('viewer.unknown');
    if (seated?.subject.sessionId !== sessionId) throw new PortholeError('control.busy');
    seated.close('control.given');
  }
}
