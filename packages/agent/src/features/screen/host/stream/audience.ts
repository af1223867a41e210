import type { ScreenWishes } from '@porthole/protocol';
import type { Member } from './member.ts';

/** The group waits at most this long (ms) for the one in control to be level with it. */
const HOLD_MS = 1_000;
/** And not again for so long, in ms: whoever falls behind again and again must not disturb the others. */
const HOLD_EVERY_MS = 10_000;

export interface AudienceParts {
  /** The viewer gets what the group gets from here on, or no longer. */
  regroup(channel: number, isGrouped: boolean): void;
  /** The device's clock; see `deviceNow`. */
  now(): number;
}

/**
 * All who watch one stream: who goes together in the group, who is alone, and whose pace the group keeps: that of whoever is
 * in control while it answers, else that of the fastest.
 */
export class Audience {
  readonly #parts: AudienceParts;
  readonly #members = new Map<number, Member>();
  /** The viewer in control of the device. */
  #controller: string | undefined;
  #heldAt = Number.NEGATIVE_INFINITY;

  constructor(parts: AudienceParts) {
    this.#parts = parts;
  }

  [Symbol.iterator](): MapIterator<Member> {
    return this.#members.values();
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  get grouped(): Member[] {
    return [...this].filter(({ isGrouped }) => isGrouped);
  }

  get alone(): Member[] {
    return [...this].filter(({ isGrouped }) => !isGrouped);
  }

  get(channel: number): Member | undefined {
    return this.#members.get(channel);
  }

  add(member: Member): void {
    this.#members.set(member.channel, member);
    if (member.viewer === this.#controller) this.#hold();
  }

  remove(channel: number): void {
    this.#members.delete(channel);
  }

  /** `viewer` is in control from here on; undefined: nobody is. */
  control(viewer: string | undefined): void {
    this.#controller = viewer;
    if (viewer !== undefined) this.#hold();
  }

  setGrouped(member: Member, isGrouped: boolean): void {
    if (member.isGrouped === isGrouped) return;
    member.isGrouped = isGrouped;
    if (!isGrouped) member.leftAt = this.#parts.now();
    if (!isGrouped && member.viewer === this.#controller) this.#hold();
    this.#parts.regroup(member.channel, isGrouped);
  }

  /** A group goes together: as many pictures, with a loss or without, with video or without. Who wants most leads. */
  fits({ wishes }: Member): boolean {
    const most = Math.max(...this.grouped.map((member) => rankOf(member.wishes)));
    return rankOf(wishes) >= most;
  }

  /** Video codecs that all in the group can show, in the order in which `pacer` likes them. */
  codecsOf(pacer: Member): string[] {
    const grouped = this.grouped;
    return pacer.wishes.codecs.filter((codec) => grouped.every(({ wishes }) => wishes.codecs.includes(codec)));
  }

  /** In how many ms `member` may join the group, when `joinIn` is what the picture's coding asks for. */
  joinIn(member: Member, joinIn: number): number {
    return this.#isAwaited(member, this.#parts.now()) ? 0 : joinIn;
  }

  /** Whose pace the group keeps, if there is room for a picture now. */
  pacer(now: number): Member | undefined {
    const grouped = this.grouped;
    if (this.#holdFor(now) > 0) return undefined;
    const controller = grouped.find((member) => this.#isHealthyController(member, now));
    if (controller) return controller.link.hasRoom(now) ? controller : undefined;
    const ready = grouped.filter(({ link }) => link.hasRoom(now));
    return ready.toSorted((a, b) => b.link.rate - a.link.rate)[0];
  }

  /** In how many ms there is room for a picture for the group, if no event comes before. */
  groupRoomIn(now: number): number {
    const grouped = this.grouped;
    const controller = grouped.find((member) => this.#isHealthyController(member, now));
    const waits = controller
      ? [Math.min(controller.link.waitFor(now), controller.link.deadIn(now))]
      : grouped.map(({ link }) => link.waitFor(now));
    return Math.max(this.#holdFor(now), Math.min(Number.POSITIVE_INFINITY, ...waits));
  }

  #hold(): void {
    const now = this.#parts.now();
    if (now - this.#heldAt >= HOLD_EVERY_MS) this.#heldAt = now;
  }

  /** How long the group still waits, in ms. */
  #holdFor(now: number): number {
    const isHeld = [...this].some((member) => this.#isAwaited(member, now));
    return isHeld ? this.#heldAt + HOLD_MS - now : 0;
  }

  /** In control, alone, and about to join the group. */
  #isAwaited(member: Member, now: number): boolean {
    const isExpected = !member.isGrouped && this.#isHealthyController(member, now) && this.fits(member);
    return isExpected && this.#heldAt + HOLD_MS > now;
  }

  #isHealthyController({ viewer, link }: Member, now: number): boolean {
    return viewer === this.#controller && link.deadIn(now) > 0;
  }
}

/** Equal for viewers who can share one stream. */
function rankOf({ codecs, picture, maxFps }: ScreenWishes): number {
  return maxFps + (picture === 'sharp' ? 0 : 1_000) + (codecs.length > 0 ? 10_000 : 0);
}
