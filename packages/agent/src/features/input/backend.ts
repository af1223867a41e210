/**
 * Types and clicks on one display. Calls return at once and take effect in order. The opener owns it and closes it.
 * Coordinates are those of the display; what lies outside is clamped.
 */
export interface InputSink {
  move(x: number, y: number): void;
  /** DOM numbering: 0 left, 1 middle, 2 right, 3 back, 4 forward. */
  button(button: number, down: boolean): void;
  /** In 1/120 notch, down and right positive; what does not make a notch yet is kept for the next call. */
  wheel(dx: number, dy: number): void;
  /** `keysym` is an X11 keysym (0 when unknown), `code` the DOM's physical key ('' when unknown). A second down is a repeat. */
  key(down: boolean, keysym: number, code: string): void;
  /** Types every code point; newline is Return, tab is Tab. */
  text(text: string): void;
  /** Lets go of every key and button that this sink holds down, after what was asked before. */
  releaseAll(): void;
  /** Why the sink ended: the display is gone, or it was closed. */
  readonly closed: Promise<string>;
  /** Drops what is waiting, releases everything, restores remapped keys, then disconnects. */
  close(): void;
}

/** Rejects with PortholeError('display.missing' or 'feature.unsupported') and one sentence. */
export type OpenInput = (display: string) => Promise<InputSink>;
