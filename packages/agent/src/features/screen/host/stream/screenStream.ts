import {
  type CodedRect,
  type CursorShape,
  decodeScreenReply,
  encodeScreen,
  type Rect,
  type ScreenState,
} from '@porthole/protocol';
import type { ScreenSource } from '../../backend.ts';
import { DirtyRegion } from '../picture/dirtyRegion.ts';
import { type PictureMaker, QUIET_MS } from '../picture/pictureMaker.ts';
import type { Made, PicturePlan } from '../picture/pictureWork.ts';
import { splitTiles } from '../picture/tiles.ts';
import { View } from '../picture/view.ts';
import { Audience } from './audience.ts';
import type { Link } from './link.ts';
import { Member } from './member.ts';
import { type PictureHead, pictureParts } from './pictureParts.ts';

/** Sends bytes to one viewer's channel or to a whole group. */
export type SendBytes = (target: number, sync: boolean, bytes: Uint8Array) => void;

/** What a stream works with: where its messages go, and who gets those for the group, both in one order. */
export interface StreamParts {
  send: SendBytes;
  regroup(channel: number, group: number | null): void;
  /** Makes what pictures of a view are made with. */
  openMaker(view: View): Promise<PictureMaker>;
  /** There is something to do that nothing else announces. */
  wake(): void;
  /** The device's clock; see `deviceNow`. */
  now(): number;
}

/** A picture for those at the end of these links. */
interface Outgoing {
  coded: readonly CodedRect[];
  head: Omit<PictureHead, 'delayAck'>;
  links: readonly Link[];
}

/** Pixels of one step of what a single viewer lacks. */
const OWED_PIXELS = 1 << 18;
/** Shortest time between two refreshes that one viewer may ask for, in ms. */
const REFRESH_MS = 800;
/** Pictures whose answer is waited for, to learn from; more of them mean that nobody answers. */
const MAX_UNANSWERED = 64;

/**
 * One monitor on its way to all who watch it. Changes are coded once for the group, at the pace that `Audience` tells. One
 * that has no room when a picture goes out leaves the group: what it misses is merged and sent to it alone, in its latest
 * state, until it is level again. Nothing is ever queued for anybody.
 */
export class ScreenStream {
  readonly group: number;
  readonly #parts: StreamParts;
  readonly #audience: Audience;
  readonly #dirty = new DirtyRegion();
  readonly #shrink: number;
  #view: View;
  #maker: PictureMaker | undefined;
  /** Undefined until it is known whether there is a display. */
  #state: ScreenState | undefined;
  #cursor: CursorShape | undefined;
  #seq = 0;
  #noticedAt = 0;
  /** Counts the forms the display had; what was coded of an earlier one is void. */
  #form = 0;
  /** By number of a picture that was not answered yet: how it was coded. */
  readonly #unanswered = new Map<number, Pick<Made, 'means' | 'meansPixels'>>();

  /** `shrink`: see `ScreenParams`. */
  constructor(group: number, parts: StreamParts, shrink = 1) {
    this.group = group;
    this.#parts = parts;
    const regroup = (channel: number, isGrouped: boolean) => parts.regroup(channel, isGrouped ? group : null);
    this.#audience = new Audience({ regroup, now: parts.now });
    this.#shrink = shrink;
    this.#view = new View({ x: 0, y: 0, width: 0, height: 0 }, shrink);
  }

  get isWatched(): boolean {
    return !this.#audience.isEmpty;
  }

  /** Most pictures per second that any viewer wants. */
  get maxFps(): number {
    return Math.max(1, ...[...this.#audience].map(({ wishes }) => wishes.maxFps));
  }

  /** When there is something to send and somebody has room for it: ms from `now` on, infinite when only an event can tell. */
  dueIn(now: number): number {
    if (!this.#maker) return Number.POSITIVE_INFINITY;
    const maker = this.#maker;
    const changeIn = this.#dirty.isEmpty ? Math.max(0, maker.refineAt - now) : 0;
    const groupIn = Math.max(changeIn, this.#audience.groupRoomIn(now));
    const aloneIn = this.#audience.alone.map((member) => this.#aloneIn(member, { changeIn, now }));
    return Math.min(groupIn, ...aloneIn);
  }

  /** When there is something to do for a viewer that is alone, and it has room. */
  #aloneIn(member: Member, { changeIn, now }: { changeIn: number; now: number }): number {
    const roomIn = member.link.waitFor(now);
    if (!member.owed.isEmpty) return roomIn;
    const exactIn = member.rough.isEmpty ? Number.POSITIVE_INFINITY : Math.max(0, member.owedAt + QUIET_MS - now);
    if (!this.#audience.fits(member)) return Math.max(exactIn, roomIn);
    return Math.max(Math.min(changeIn, exactIn), this.#joinIn(member, now), roomIn);
  }

  /** In how many ms from `now` any viewer has room, if no event comes before. */
  roomIn(now: number): number {
    const aloneIn = this.#audience.alone.map(({ link }) => link.waitFor(now));
    return Math.min(this.#audience.groupRoomIn(now), ...aloneIn);
  }

  join(channel: number, viewer: string): void {
    this.#audience.add(new Member(channel, viewer));
    this.refresh(channel);
  }

  leave(channel: number): void {
    this.#audience.remove(channel);
  }

  /** Who is in control of the device; undefined: nobody. */
  control(viewer: string | undefined): void {
    this.#audience.control(viewer);
  }

  /** Starts one viewer anew: what it needs to know at once, and the whole picture as it has room for it. */
  refresh(channel: number): void {
    const member = this.#audience.get(channel);
    if (!member || !this.#state) return;
    const { send } = this.#parts;
    member.link.reset();
    this.#audience.setGrouped(member, false);
    send(channel, true, encodeScreen({ type: 'state', state: this.#state }));
    if (this.#cursor) send(channel, false, encodeScreen({ type: 'cursor', ...this.#cursor }));
    member.owed.clear();
    member.rough.clear();
    member.owed.add(this.#view.whole);
    this.#shareWhole();
  }

  /** The display came, went or changed its form: everything sent so far is void. */
  reshape(area: Rect, state: ScreenState): void {
    const form = ++this.#form;
    const view = new View(area, this.#shrink);
    this.#view = view;
    this.#state = state;
    this.#maker?.close();
    this.#maker = undefined;
    this.#dirty.clear();
    for (const { channel } of this.#audience) this.refresh(channel);
    if (area.width === 0 || area.height === 0) return;
    void this.#parts.openMaker(view).then((maker) => {
      if (form !== this.#form) return maker.close();
      this.#maker = maker;
      this.#parts.wake();
    });
  }

  close(): void {
    this.#form++;
    this.#maker?.close();
    this.#maker = undefined;
  }

  setCursor(cursor: CursorShape): void {
    this.#cursor = cursor;
    this.#sendAll(encodeScreen({ type: 'cursor', ...cursor }));
  }

  setPointer(x: number, y: number): void {
    const { area } = this.#view;
    const [left, top] = [x - area.x, y - area.y];
    this.#sendAll(encodeScreen({ type: 'pointer', x: left, y: top }));
  }

  /** Something changed inside `rect` (display coordinates), noticed at `now`. */
  damage(rect: Rect, now: number): void {
    const shown = this.#view.fromDisplay(rect);
    if (!shown) return;
    if (this.#dirty.isEmpty) this.#noticedAt = now;
    this.#dirty.add(shown);
  }

  /** A message of a viewer. Throws `WireError` on nonsense. */
  receive(channel: number, bytes: Uint8Array, now: number): void {
    const reply = decodeScreenReply(bytes);
    const member = this.#audience.get(channel);
    switch (reply.type) {
      case 'ack':
        member?.link.acknowledged(reply.seq, now, reply.decodeMs + reply.paintMs);
        return this.#learn(reply.seq, reply.decodeMs + reply.paintMs);
      case 'ping':
        return this.#parts.send(channel, false, encodeScreen({ type: 'pong', sentAt: reply.sentAt, deviceAt: now }));
      case 'refresh':
        return this.#refreshAsked(channel, now);
      case 'wish':
        if (member) member.wishes = reply.wishes;
        return;
    }
  }

  /** A viewer that asks again and again is answered now and then: a whole picture is what costs most. */
  #refreshAsked(channel: number, now: number): void {
    const member = this.#audience.get(channel);
    if (!member || now - member.refreshedAt < REFRESH_MS) return;
    member.refreshedAt = now;
    this.refresh(channel);
  }

  /** An answer covers all pictures before it. */
  #learn(seq: number, decodeMs: number): void {
    const made = this.#unanswered.get(seq);
    for (const earlier of this.#unanswered.keys()) {
      if (earlier > seq) break;
      this.#unanswered.delete(earlier);
    }
    if (made) this.#maker?.learn(made, decodeMs);
  }

  /**
   * Sends what is due: first to the group, then a step of what single viewers lack; who is level joins the group. Answers
   * whether a picture went out.
   */
  async pump(source: ScreenSource): Promise<boolean> {
    const maker = this.#maker;
    if (!maker) return false;
    const before = this.#seq;
    await this.#sendToGroup(source, maker);
    if (maker !== this.#maker) return this.#seq !== before;
    for (const member of this.#audience.alone) {
      if (member.link.hasRoom(this.#parts.now())) this.#serve(member, maker);
    }
    return this.#seq !== before;
  }

  /** One step for a viewer that is alone and has room. */
  #serve(member: Member, maker: PictureMaker): void {
    const now = this.#parts.now();
    if (!member.owed.isEmpty) return this.#sendOwed(member, maker);
    if (this.#audience.fits(member)) {
      if (this.#joinIn(member, now) === 0) this.#rejoin(member, maker);
    } else if (!member.rough.isEmpty && now >= member.owedAt + QUIET_MS) this.#refineAlone(member, maker);
  }

  #joinIn(member: Member, now: number): number {
    return this.#audience.joinIn(member, this.#maker?.joinIn(member.leftAt, now) ?? 0);
  }

  /** When every viewer needs everything (the first one always does), it is coded once, as a change for all. */
  #shareWhole(): void {
    const area = this.#view.width * this.#view.height;
    const lacksAll = ({ owed }: Member) => owed.rects.reduce((sum, rect) => sum + rect.width * rect.height, 0) === area;
    if (area === 0 || ![...this.#audience].every(lacksAll)) return;
    for (const member of this.#audience) {
      member.owed.clear();
      this.#audience.setGrouped(member, true);
    }
    this.#maker?.joined([], this.#parts.now());
    this.#maker?.forget();
    this.#noticedAt = this.#parts.now();
    this.#dirty.clear();
    this.#dirty.add(this.#view.whole);
  }

  #rejoin(member: Member, maker: PictureMaker): void {
    maker.joined(member.rough.rects, this.#parts.now());
    member.rough.clear();
    this.#audience.setGrouped(member, true);
  }

  async #sendToGroup(source: ScreenSource, maker: PictureMaker): Promise<void> {
    const now = this.#parts.now();
    const audience = this.#audience;
    for (const member of audience.grouped) if (!audience.fits(member)) audience.setGrouped(member, false);
    const pacer = audience.pacer(now);
    if (!pacer) return;
    const { picture, maxFps } = pacer.wishes;
    const codecs = audience.codecsOf(pacer);
    const plan: PicturePlan = { picture, codecs, maxFps, rate: pacer.link.rate, now };
    const form = this.#form;
    const noticedAt = this.#noticedAt;
    const isRefinement = this.#dirty.isEmpty;
    if (isRefinement && maker.refineAt > now) return;
    const made = await (isRefinement ? maker.refine(plan) : maker.make(source, this.#dirty, plan));
    this.#noticedAt = this.#parts.now();
    if (made.coded.length === 0 || form !== this.#form) return;
    this.#sendMade(made, isRefinement ? now : noticedAt, maker.isExact && this.#dirty.isEmpty);
  }

  #sendMade(made: Made, capturedAt: number, exact: boolean): void {
    const { coded, captureMs, encodeMs } = made;
    const now = this.#parts.now();
    for (const member of this.#audience.grouped) {
      if (member.link.isBehind(now)) this.#audience.setGrouped(member, false);
    }
    const { grouped, alone } = this.#audience;
    const head = { exact, capturedAt, captureMs, encodeMs };
    const { seq } = this.#sendPicture(this.group, { coded, head, links: grouped.map(({ link }) => link) });
    for (const member of alone) member.owe(coded, now);
    if (this.#unanswered.size >= MAX_UNANSWERED) this.#unanswered.clear();
    this.#unanswered.set(seq, made);
  }

  /** A small message for everybody, in the group or not. */
  #sendAll(bytes: Uint8Array): void {
    const { grouped, alone } = this.#audience;
    if (grouped.length > 0) this.#parts.send(this.group, false, bytes);
    for (const { channel } of alone) this.#parts.send(channel, false, bytes);
  }

  /**
   * A step of what one viewer lacks, as the group was last sent it. The display itself may be further already: a viewer
   * that saw more than the rest would keep it when the display goes back to what the rest has.
   */
  #sendOwed(member: Member, maker: PictureMaker): void {
    const capturedAt = this.#parts.now();
    const coded: CodedRect[] = [];
    for (const rect of member.owed.take(OWED_PIXELS).flatMap((taken) => splitTiles(taken))) {
      const part = maker.encodeOwed(rect, member.picture);
      coded.push(...part.coded);
      if (part.isRough) member.rough.add(rect);
      else member.rough.remove(rect);
    }
    this.#sendAlone(member, coded, { capturedAt, exact: member.isExact && maker.isExact && this.#dirty.isEmpty });
  }

  /** A step of what one viewer alone has only roughly. */
  #refineAlone(member: Member, maker: PictureMaker): void {
    const capturedAt = this.#parts.now();
    const tiles = member.rough.take(OWED_PIXELS).flatMap((rect) => splitTiles(rect));
    const coded = tiles.flatMap((tile) => maker.encodeOwed(tile, 'sharp').coded);
    this.#sendAlone(member, coded, { capturedAt, exact: member.isExact && maker.isExact && this.#dirty.isEmpty });
  }

  #sendAlone(member: Member, coded: CodedRect[], { capturedAt, exact }: { capturedAt: number; exact: boolean }): void {
    if (coded.length === 0) return;
    const head = { exact, capturedAt, captureMs: 0, encodeMs: this.#parts.now() - capturedAt };
    this.#sendPicture(member.channel, { coded, head, links: [member.link] });
  }

  #sendPicture(target: number, { coded, head, links }: Outgoing): { seq: number } {
    const seq = ++this.#seq;
    const size = coded.reduce((sum, rect) => sum + rect.bytes.byteLength, 0);
    const delayAck = links.every((link) => link.mayDelayAck(size));
    let bytes = 0;
    for (const part of pictureParts(seq, coded, { ...head, delayAck })) {
      bytes += part.byteLength;
      this.#parts.send(target, false, part);
    }
    for (const link of links) link.sent({ seq, bytes, delayAck }, this.#parts.now());
    return { seq };
  }
}

/** The device's clock in pictures and pongs: ms, monotonic, with fractions. */
export function deviceNow(): number {
  return performance.timeOrigin + performance.now();
}
