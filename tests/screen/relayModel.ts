import { GROUP_BIT, LIMITS } from '@porthole/protocol';
import { LossyGate } from '../../packages/hub/src/base/relay/lossyGate.ts';
import { BufferViewer } from './bufferViewer.ts';

interface Lane {
  viewer: BufferViewer;
  gate: LossyGate;
  group: number | null;
  queue: Uint8Array[];
  /** Reads nothing while set. */
  isStalled: boolean;
  /** Most bytes that ever waited for this viewer. */
  peak: number;
}

/** What the relay tells the device. */
export interface DeviceSide {
  lagged(channel: number): void;
  reply(channel: number, bytes: Uint8Array): void;
}

/** The hub between one device and its viewers: the gate that decides what is dropped, and a network that tests may hold up. */
export class RelayModel {
  readonly lanes = new Map<number, Lane>();
  readonly #device: DeviceSide;
  readonly #window: number;

  constructor(device: DeviceSide, window: number = LIMITS.lossyWindow) {
    this.#device = device;
    this.#window = window;
  }

  add(channel: number): BufferViewer {
    const viewer = new BufferViewer();
    const lane = { viewer, gate: new LossyGate(this.#window), group: null, queue: [], isStalled: false, peak: 0 };
    this.lanes.set(channel, lane);
    return viewer;
  }

  remove(channel: number): void {
    this.lanes.delete(channel);
  }

  lane(channel: number): Lane {
    const lane = this.lanes.get(channel);
    if (!lane) throw new Error(`no viewer ${channel}`);
    return lane;
  }

  /** The device moves a viewer into a group or out of it. */
  regroup(channel: number, group: number | null): void {
    const lane = this.lanes.get(channel);
    if (lane) lane.group = group;
  }

  /** A message of the device, for one viewer or for all. */
  send(target: number, sync: boolean, bytes: Uint8Array): void {
    const inGroup = () => [...this.lanes.values()].filter(({ group }) => group === target);
    const lanes = target >= GROUP_BIT ? inGroup() : [this.lanes.get(target)];
    for (const lane of lanes) {
      if (!lane?.gate.offer(bytes.byteLength, sync)) continue;
      lane.queue.push(bytes.slice());
      lane.peak = Math.max(lane.peak, lane.gate.outstanding);
    }
  }

  /** Delivers up to `count` waiting messages to every viewer that reads; answers whether there were any. */
  deliver(count = Number.POSITIVE_INFINITY): boolean {
    let any = false;
    for (const [channel, lane] of [...this.lanes]) {
      for (let n = 0; n < count && !lane.isStalled && lane.queue.length > 0; n++) {
        any = true;
        this.#read(channel, lane);
      }
    }
    return any;
  }

  #read(channel: number, lane: Lane): void {
    const bytes = lane.queue.shift();
    if (!bytes) return;
    const reply = lane.viewer.receive(bytes);
    const verdict = lane.gate.credit(bytes.byteLength);
    if (reply) this.#device.reply(channel, reply);
    if (verdict === 'refresh') this.#device.lagged(channel);
  }
}
