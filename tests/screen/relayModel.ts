import {
  decodeScreen,
  encodeScreenReply,
  GROUP_BIT,
  LIMITS,
  type ScreenMessage,
  type ScreenState,
} from '@porthole/protocol';
import { LossyGate } from '../../packages/hub/src/base/relay/lossyGate.ts';
import { type DecodedTile, decodeTile } from '../../packages/portal/src/features/screen/render/tileDecoder.ts';

/** What a viewer draws on, without a browser: the same decoding, a buffer for a canvas. */
export class BufferViewer {
  state: ScreenState | undefined;
  rgba = Buffer.alloc(0);
  pictures = 0;
  #size = { width: 0, height: 0 };
  #seq = -1;
  #tiles: DecodedTile[] = [];

  /** Takes one message; answers what the viewer replies to it. */
  receive(bytes: Uint8Array): Uint8Array | undefined {
    const message = decodeScreen(bytes);
    if (message.type === 'state') this.#resize(message.state);
    if (message.type !== 'update') return undefined;
    return this.#update(message);
  }

  #resize(state: ScreenState): void {
    this.state = state;
    const { width, height } = state;
    if (width === 0 || (width === this.#size.width && height === this.#size.height)) return;
    this.#size = { width, height };
    this.rgba = Buffer.alloc(width * height * 4);
  }

  #update(update: Extract<ScreenMessage, { type: 'update' }>): Uint8Array | undefined {
    if (update.seq !== this.#seq) this.#tiles = [];
    this.#seq = update.seq;
    for (const rect of update.rects) this.#tiles.push(decodeTile(rect));
    if (!update.last) return undefined;
    for (const tile of this.#tiles) this.#draw(tile);
    this.#tiles = [];
    this.pictures++;
    return encodeScreenReply({ type: 'ack', seq: update.seq, decodeMs: 0, paintMs: 0 });
  }

  #draw({ x, y, width, height, rgba }: DecodedTile): void {
    for (let row = 0; row < height; row++) {
      this.rgba.set(rgba.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * this.#size.width + x) * 4);
    }
  }
}

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
