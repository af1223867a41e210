import type { TerminalEnd, TerminalSession, TerminalSize } from '@porthole/protocol';
import type { ScreenPicture } from './screen/screen.ts';
import type { OutputMessage, Viewer } from './viewer.ts';
import { mayRun, STALL_MS } from './viewerPace.ts';

/** Who sees one session: what they get, who typed last, and whether its programs have to wait for them. */
export class Audience {
  readonly #sizes = new Map<Viewer, TerminalSize | undefined>();
  readonly #stirred: () => void;
  #typist: NonNullable<TerminalSession['typist']> | undefined;
  #owner: Viewer | undefined;
  #patience: NodeJS.Timeout | undefined;
  #isHeld = false;

  /** @param stirred called when somebody has been waited for long enough. */
  constructor(stirred: () => void) {
    this.#stirred = stirred;
  }

  get viewers(): Viewer[] {
    return [...this.#sizes.keys()];
  }

  /** Who typed last. */
  get typist(): TerminalSession['typist'] {
    return this.#typist;
  }

  /** @param size the room that it has; undefined for somebody who only sees. */
  add(viewer: Viewer, size: TerminalSize | undefined): void {
    this.#sizes.set(viewer, size);
    if (this.#isHeld && viewer.types) viewer.hold(true);
  }

  remove(viewer: Viewer): void {
    this.#sizes.delete(viewer);
    if (this.#owner === viewer) this.#owner = undefined;
    if (this.#sizes.size === 0) this.#typist = undefined;
  }

  /** Somebody typed; answers the size that the session has from here on, if another had chosen it. */
  typed(viewer: Viewer, at: number): TerminalSize | undefined {
    this.#typist = { viewer: viewer.viewer, user: viewer.user, at };
    if (this.#owner === viewer) return undefined;
    this.#owner = viewer;
    return this.#sizes.get(viewer);
  }

  /** The room that a viewer has now. */
  sized(viewer: Viewer, size: TerminalSize): void {
    if (!this.#sizes.has(viewer)) return;
    this.#sizes.set(viewer, size);
    this.#owner = viewer;
  }

  output(message: OutputMessage): void {
    for (const viewer of this.#sizes.keys()) viewer.output(message);
  }

  size(size: TerminalSize): void {
    for (const viewer of this.#sizes.keys()) viewer.size(size);
  }

  item(session: TerminalSession): void {
    for (const viewer of this.#sizes.keys()) viewer.item(session);
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    for (const viewer of this.#sizes.keys()) if (viewer.types) viewer.hold(isHeld);
  }

  /** Whether the programs may go on now; asks again by itself once somebody was waited for too long. */
  mayRun(): boolean {
    const now = performance.now();
    const paces = this.viewers.map((viewer) => viewer.pace(now));
    clearTimeout(this.#patience);
    if (paces.includes('held')) this.#patience = setTimeout(() => this.#stirred(), STALL_MS / 4);
    return mayRun(paces);
  }

  /** The last word to all of them; whoever missed something sees how it ended first. */
  finish(end: TerminalEnd, picture: () => ScreenPicture): void {
    clearTimeout(this.#patience);
    for (const viewer of this.#sizes.keys()) {
      if (viewer.pace(performance.now()) === 'behind') viewer.show(picture());
      viewer.done(end);
    }
    this.#sizes.clear();
  }
}
