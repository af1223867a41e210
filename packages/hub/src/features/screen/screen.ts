import type { DeviceDirectory } from '../../devices/directory.ts';
import type { ChannelHooks } from '../../portals/channelHooks.ts';

/** Whoever has a device's screen open is named as its viewer, to everybody. */
export function screenHooks(directory: DeviceDirectory): ChannelHooks {
  return {
    opening({ device, viewer, subject }) {
      device.watch(viewer, subject.username);
      directory.changed(device.id);
    },
    closed({ device, viewer }) {
      device.unwatch(viewer);
      directory.changed(device.id);
    },
  };
}
