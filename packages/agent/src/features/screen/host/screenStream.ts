import {
  type CodedRect,
  type CursorShape,
  decodeScreenReply,
  encodeScreen,
  type Rect,
  type ScreenState,
} from '@porthole/protocol';
import type { ScreenSource } from '../backend.ts';
import { DirtyRegion, intersect } from './dirtyRegion.ts';
import { Pace } from './pace.ts';
import { type PictureHead, pictureParts } from './pictureParts.ts';
import { Shadow } from './shadow.ts';
import { encodeTile, splitTiles } from './tileCoder.ts';

/** Sends bytes to one viewer's channel or to a whole group. */
export type SendBytes = (target: number, sync: boolean, bytes: Uint8Array) => void;

/** Where a stream's messages go, and who gets those for the group; both in one order. */
export interface StreamOutput {
  send: SendBytes;
  regroup(channel: number, group: number | null): void;
}

/** Pixels of one picture at most: a larger change is sent in several, so that the newest part is never far away. */
const PICTURE_PIXELS = 1 << 20;
/** Pixels of one step of what a single viewer lacks. */
const OWED_PIXELS = 1 << 18;
/** Shortest time between two refreshes that one viewer may ask for, in ms. */
const REFRESH_MS = 800;

interface Member {
  channel: number;
  pace: Pace;
  /** In the group, it gets what is sent to all. Alone, it gets what it lacks at its own pace. */
  isGrouped: boolean;
  /** What it lacks of what the group was sent; empty in the group. */
  owed: DirtyRegion;
  /** When it last asked for everything anew. */
  refreshedAt: number;
}

/**
 * One monitor on its way to all who watch it. Changes are coded once for the group, at the pace of its fastest viewer. One
 * that has no room when a picture goes out leaves the group: what it misses is merged and sent to it alone, in its latest
 * state, until it is level again. Nothing is ever queued for anybody.
 */
export class ScreenStream {
  readonly group: number;
  readonly #output: StreamOutput;
  readonly #members = new Map<number, Member>();
  readonly #dirty = new DirtyRegion();
  #area: Rect = { x: 0, y: 0, width: 0, height: 0 };
  #shadow = new Shadow(0, 0);
  /** Undefined until it is known whether there is a display. */
  #state: ScreenState | undefined;
  #cursor: CursorShape | undefined;
  #seq = 0;
  #noticedAt = 0;
  /** Counts the forms the display had; what was coded of an earlier one is void. */
  #form = 0;

  constructor(group: number, output: StreamOutput) {
    this.group = group;
    this.#output = output;
  }

  get isWatched(): boolean {
    return this.#members.size > 0;
  }

  /** True when there is something to send and somebody has room for it. */
  get isDue(): boolean {
    const changed = !this.#dirty.isEmpty;
    const due = ({ isGrouped, owed, pace }: Member) => pace.hasRoom && (changed || (!isGrouped && !owed.isEmpty));
    return [...this.#members.values()].some(due);
  }

  join(channel: number): void {
    this.#members.set(channel, {
      channel,
      pace: new Pace(),
      isGrouped: false,
      owed: new DirtyRegion(),
      refreshedAt: 0,
    });
    this.refresh(channel);
  }

  leave(channel: number): void {
    this.#members.delete(channel);
  }

  /** Starts one viewer anew: what it needs to know at once, and the whole picture as it has room for it. */
  refresh(channel: number): void {
    const member = this.#members.get(channel);
    if (!member || !this.#state) return;
    const { send } = this.#output;
    member.pace.reset();
    this.#setGrouped(member, false);
    send(channel, true, encodeScreen({ type: 'state', state: this.#state }));
    if (this.#cursor) send(channel, false, encodeScreen({ type: 'cursor', ...this.#cursor }));
    member.owed.clear();
    member.owed.add(this.#whole);
    this.#shareWhole();
  }

  /** The display came, went or changed its form: everything sent so far is void. */
  reshape(area: Rect, state: ScreenState): void {
    this.#form++;
    this.#area = area;
    this.#state = state;
    this.#shadow = new Shadow(area.width, area.height);
    this.#dirty.clear();
    for (const channel of this.#members.keys()) this.refresh(channel);
  }

  setCursor(cursor: CursorShape): void {
    this.#cursor = cursor;
    this.#sendAll(encodeScreen({ type: 'cursor', ...cursor }));
  }

  setPointer(x: number, y: number): void {
    const [left, top] = [x - this.#area.x, y - this.#area.y];
    this.#sendAll(encodeScreen({ type: 'pointer', x: left, y: top }));
  }

  /** Something changed inside `rect` (display coordinates), noticed at `now`. */
  damage(rect: Rect, now: number): void {
    const both = intersect(rect, this.#area);
    if (!both) return;
    if (this.#dirty.isEmpty) this.#noticedAt = now;
    this.#dirty.add({ ...both, x: both.x - this.#area.x, y: both.y - this.#area.y });
  }

  /** A message of a viewer. Throws `WireError` on nonsense. */
  receive(channel: number, bytes: Uint8Array, now: number): void {
    const reply = decodeScreenReply(bytes);
    switch (reply.type) {
      case 'ack':
        this.#members.get(channel)?.pace.acknowledged(reply.seq, now);
        return;
      case 'ping':
        this.#output.send(channel, false, encodeScreen({ type: 'pong', sentAt: reply.sentAt, deviceAt: now }));
        return;
      case 'refresh':
        this.#refreshAsked(channel, now);
        return;
    }
  }

  /** A viewer that asks again and again is answered now and then: a whole picture is what costs most. */
  #refreshAsked(channel: number, now: number): void {
    const member = this.#members.get(channel);
    if (!member || now - member.refreshedAt < REFRESH_MS) return;
    member.refreshedAt = now;
    this.refresh(channel);
  }

  /**
   * Sends what is due: first to the group, then a step of what single viewers lack; who is level joins the group. Answers
   * whether a picture went out.
   */
  async pump(source: ScreenSource): Promise<boolean> {
    const before = this.#seq;
    const setsPace = ({ isGrouped, pace }: Member) => isGrouped && pace.hasRoom;
    if (!this.#dirty.isEmpty && [...this.#members.values()].some(setsPace)) await this.#sendChanges(source);
    for (const member of this.#members.values()) {
      if (member.isGrouped || !member.pace.hasRoom) continue;
      if (member.owed.isEmpty) this.#setGrouped(member, true);
      else this.#sendOwed(member);
    }
    return this.#seq !== before;
  }

  get #whole(): Rect {
    return { x: 0, y: 0, width: this.#area.width, height: this.#area.height };
  }

  /** When every viewer needs everything (the first one always does), it is coded once, as a change for all. */
  #shareWhole(): void {
    const area = this.#area.width * this.#area.height;
    const lacksAll = ({ owed }: Member) => owed.rects.reduce((sum, rect) => sum + rect.width * rect.height, 0) === area;
    if (area === 0 || ![...this.#members.values()].every(lacksAll)) return;
    for (const member of this.#members.values()) {
      member.owed.clear();
      this.#setGrouped(member, true);
    }
    this.#shadow = new Shadow(this.#area.width, this.#area.height);
    this.#noticedAt = deviceNow();
    this.#dirty.clear();
    this.#dirty.add(this.#whole);
  }

  async #sendChanges(source: ScreenSource): Promise<void> {
    const cost = { exact: false, capturedAt: this.#noticedAt, captureMs: 0, encodeMs: 0 };
    const form = this.#form;
    const coded = await this.#code(source, this.#dirty.take(PICTURE_PIXELS), cost);
    this.#noticedAt = deviceNow();
    if (coded.length === 0 || form !== this.#form) return;
    for (const member of this.#members.values()) if (!member.pace.hasRoom) this.#setGrouped(member, false);
    cost.exact = this.#dirty.isEmpty;
    const seq = this.#sendPicture(this.group, coded, cost);
    for (const { isGrouped, owed, pace } of this.#members.values()) {
      if (isGrouped) pace.sent(seq, deviceNow());
      else for (const { x, y, width, height } of coded) owed.add({ x, y, width, height });
    }
  }

  #setGrouped(member: Member, isGrouped: boolean): void {
    if (member.isGrouped === isGrouped) return;
    member.isGrouped = isGrouped;
    this.#output.regroup(member.channel, isGrouped ? this.group : null);
  }

  /** A small message for everybody, in the group or not. */
  #sendAll(bytes: Uint8Array): void {
    const members = [...this.#members.values()];
    if (members.some(({ isGrouped }) => isGrouped)) this.#output.send(this.group, false, bytes);
    for (const { channel, isGrouped } of members) if (!isGrouped) this.#output.send(channel, false, bytes);
  }

  /**
   * A step of what one viewer lacks, as the group was last sent it. The display itself may be further already: a viewer
   * that saw more than the rest would keep it when the display goes back to what the rest has.
   */
  #sendOwed(member: Member): void {
    const coding = deviceNow();
    const { pixels } = this.#shadow;
    const tiles = member.owed.take(OWED_PIXELS).flatMap(splitTiles);
    if (tiles.length === 0) return;
    const coded = tiles.map((tile) => encodeTile(tile, pixels, tile.y * pixels.stride + tile.x * 4));
    const exact = member.owed.isEmpty && this.#dirty.isEmpty;
    const cost = { exact, capturedAt: coding, captureMs: 0, encodeMs: deviceNow() - coding };
    member.pace.sent(this.#sendPicture(member.channel, coded, cost), deviceNow());
  }

  /** Grabs and codes rectangles of the monitor; leaves out what looks as it was last sent. */
  async #code(source: ScreenSource, rects: Rect[], cost: PictureHead): Promise<CodedRect[]> {
    const coded: CodedRect[] = [];
    const shadow = this.#shadow;
    for (const rect of rects) {
      const grabbing = deviceNow();
      const pixels = await source.grab({ ...rect, x: rect.x + this.#area.x, y: rect.y + this.#area.y });
      const coding = deviceNow();
      const changed = shadow.update(rect, pixels);
      for (const tile of changed ? splitTiles(changed) : []) {
        coded.push(encodeTile(tile, pixels, (tile.y - rect.y) * pixels.stride + (tile.x - rect.x) * 4));
      }
      cost.captureMs += coding - grabbing;
      cost.encodeMs += deviceNow() - coding;
    }
    return coded;
  }

  #sendPicture(target: number, coded: CodedRect[], cost: PictureHead): number {
    const seq = ++this.#seq;
    for (const part of pictureParts(seq, coded, cost)) this.#output.send(target, false, part);
    return seq;
  }
}

/** The device's clock in pictures and pongs: ms, monotonic, with fractions. */
export function deviceNow(): number {
  return performance.timeOrigin + performance.now();
}
