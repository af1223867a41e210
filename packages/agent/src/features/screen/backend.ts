import type { CursorShape, Monitor, Rect } from '@porthole/protocol';

/** Pixels of a rectangle: 4 bytes per pixel in memory order B, G, R, X; rows `stride` bytes apart. Valid until the next grab of the same source. */
export interface Pixels {
  data: Uint8Array;
  stride: number;
  width: number;
  height: number;
}

/** What a screen source tells its owner. Coordinates are those of the display, clipped to it. */
export interface ScreenEvents {
  /** Something changed. Said once, then not again until `collect()` was called; what changes meanwhile is in what `collect()` returns. */
  damage(): void;
  /** Size or monitors changed; every earlier rectangle is void, and the whole display counts as changed. */
  geometry(): void;
  cursor(shape: CursorShape): void;
  /** Only when moved, at most about 60 times a second. */
  pointer(x: number, y: number): void;
  /** The connection to the display ended; the source is closed. Said at most once, and not after `close()`. */
  lost(reason: string): void;
}

/** One open display. Nothing is captured unless `grab` is called. The opener owns it and closes it. */
export interface ScreenSource {
  readonly width: number;
  readonly height: number;
  /** At least one; ids (output names) are stable across restarts. */
  readonly monitors: readonly Monitor[];
  /**
   * What changed since the last call, as at most 32 disjoint or nearly disjoint rectangles, and re-arms `damage()`.
   * Empty when nothing changed. Grab after collecting: a change during the grab is then reported again, never lost.
   */
  collect(): Rect[];
  /** Grabs run one after another. Rejects with `display.lost`, also when `rect` is not inside the display: it shrank meanwhile. */
  grab(rect: Rect): Promise<Pixels>;
  close(): void;
}

/** Rejects with PortholeError('display.missing') and one sentence that says what to do. */
export type OpenScreen = (display: string, events: ScreenEvents) => Promise<ScreenSource>;
