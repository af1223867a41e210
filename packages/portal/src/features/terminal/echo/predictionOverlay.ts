import type { Terminal } from '@xterm/xterm';
import styles from './predictionOverlay.module.css';
import type { Glimpse, Prediction } from './predictiveEcho.ts';

/** The place around the cursor of a terminal. */
export function glimpseOf(terminal: Terminal): Glimpse {
  const buffer = terminal.buffer.active;
  const row = buffer.baseY + buffer.cursorY;
  return {
    row,
    x: buffer.cursorX,
    columns: terminal.cols,
    alternate: buffer.type === 'alternate',
    text: (from, to) => buffer.getLine(row)?.translateToString(false, from, to) ?? '',
  };
}

/** Draws a prediction over a terminal: dim unless it is brief, and gone as soon as the real text is there. */
export class PredictionOverlay {
  readonly #terminal: Terminal;
  readonly #text = document.createElement('span');
  readonly #cursor = document.createElement('span');

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#text.className = styles.text ?? '';
    this.#cursor.className = styles.cursor ?? '';
    for (const part of [this.#text, this.#cursor]) part.ariaHidden = 'true';
  }

  /** What is drawn now. */
  get text(): string {
    return this.#text.isConnected ? (this.#text.textContent ?? '') : '';
  }

  show(prediction: Prediction | undefined): void {
    const buffer = this.#terminal.buffer.active;
    const screen = this.#terminal.element?.querySelector<HTMLElement>('.xterm-screen');
    const top = prediction ? prediction.row - buffer.viewportY : -1;
    if (!prediction || !screen || top < 0 || top >= this.#terminal.rows) return this.close();
    const cell = { width: screen.clientWidth / this.#terminal.cols, height: screen.clientHeight / this.#terminal.rows };
    const { foreground = '', background = '', cursor = foreground } = this.#terminal.options.theme ?? {};
    for (const part of [this.#text, this.#cursor]) part.dataset.brief = String(prediction.isBrief);
    Object.assign(this.#text.style, { color: foreground, backgroundColor: background });
    Object.assign(this.#cursor.style, { color: cursor, backgroundColor: prediction.isBrief ? cursor : background });
    this.#text.textContent = prediction.text;
    this.#place(this.#text, { x: prediction.x, y: top, cells: prediction.text.length }, cell);
    this.#place(this.#cursor, { x: prediction.cursor, y: top, cells: 1 }, cell);
    if (!this.#text.isConnected) screen.append(this.#text, this.#cursor);
  }

  /** Draws nothing. Idempotent. */
  close(): void {
    this.#text.remove();
    this.#cursor.remove();
  }

  #place(
    part: HTMLElement,
    { x, y, cells }: { x: number; y: number; cells: number },
    { width, height }: { width: number; height: number },
  ): void {
    const { fontFamily = '', fontSize = 0 } = this.#terminal.options;
    Object.assign(part.style, {
      left: `${x * width}px`,
      top: `${y * height}px`,
      width: `${cells * width}px`,
      height: `${height}px`,
      lineHeight: `${height}px`,
      fontFamily,
      fontSize: `${fontSize}px`,
    });
  }
}
