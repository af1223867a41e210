import type { Monitor } from '@porthole/protocol';
import { CanvasPainter } from './render/canvasPainter.ts';
import { cursorUrl } from './render/cursorImage.ts';
import type { ScreenMetrics } from './render/latency.ts';
import type { ScreenNews, ScreenPhase } from './render/screenClient.ts';
import type { ToWorker } from './render/workerMessages.ts';

/** The remote pointer as the browser can draw it: a CSS cursor image. `url` is '' when it is hidden. */
export interface ScreenCursor {
  url: string;
  hotX: number;
  hotY: number;
  width: number;
  height: number;
}

/** Everything about a screen that a page shows beside the picture. A new object whenever something changed. */
export interface ScreenSnapshot {
  phase: ScreenPhase;
  error?: { code: string; message: string };
  width: number;
  height: number;
  monitor: string;
  monitors: Monitor[];
  metrics: ScreenMetrics | null;
  cursor: ScreenCursor | null;
  pointer: { x: number; y: number } | null;
}

export interface ScreenSessionOptions {
  canvas: HTMLCanvasElement;
  deviceId: string;
  viewer: string;
  monitor: string;
}

/** What there is to show before anything came. */
export const NO_SCREEN: ScreenSnapshot = {
  phase: 'connecting',
  width: 0,
  height: 0,
  monitor: '',
  monitors: [],
  metrics: null,
  cursor: null,
  pointer: null,
};

/**
 * The page's handle on one device's screen. A worker receives and decodes; here pictures are only painted, past React.
 */
export class ScreenSession {
  readonly #worker: Worker;
  readonly #painter: CanvasPainter;
  readonly #listeners = new Set<() => void>();
  readonly #onVisibility = () => this.#post({ type: 'pause', paused: document.hidden });
  #snapshot: ScreenSnapshot = NO_SCREEN;
  #cursorCount = 0;

  constructor({ canvas, deviceId, viewer, monitor }: ScreenSessionOptions) {
    this.#painter = new CanvasPainter(canvas);
    this.#worker = new Worker(new URL('./render/screenWorker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<ScreenNews>) => this.#take(data);
    this.#post({ type: 'start', target: { origin: location.origin, deviceId, viewer, monitor } });
    document.addEventListener('visibilitychange', this.#onVisibility);
    if (document.hidden) this.#onVisibility();
  }

  /** Returns a function that ends the subscription. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): ScreenSnapshot => this.#snapshot;

  /** Shows another monitor; '' is the whole display. */
  select(monitor: string): void {
    this.#post({ type: 'select', monitor });
  }

  /** The device came back or a feature was switched on: no need to wait for the next attempt. */
  retry(): void {
    this.#post({ type: 'retry' });
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#post({ type: 'close' });
    this.#cursorCount++;
    this.#revokeCursor();
    this.#listeners.clear();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(news: ScreenNews): void {
    switch (news.type) {
      case 'picture':
        return this.#post({ type: 'painted', seq: news.seq, paintMs: this.#painter.paint(news.tiles) });
      case 'phase': {
        const { error: _, ...rest } = this.#snapshot;
        return this.#change({ ...rest, phase: news.phase, ...(news.error && { error: news.error }) });
      }
      case 'state': {
        const { width, height, monitor, monitors } = news.state;
        this.#painter.resize(width, height);
        return this.#change({ ...this.#snapshot, width, height, monitor, monitors });
      }
      case 'metrics':
        return this.#change({ ...this.#snapshot, metrics: news.metrics });
      case 'pointer':
        return this.#change({ ...this.#snapshot, pointer: { x: news.x, y: news.y } });
      case 'cursor':
        void this.#setCursor(news);
        return;
    }
  }

  async #setCursor(shape: Extract<ScreenNews, { type: 'cursor' }>): Promise<void> {
    const count = ++this.#cursorCount;
    const url = await cursorUrl(shape);
    if (count !== this.#cursorCount) return URL.revokeObjectURL(url);
    this.#revokeCursor();
    const { hotX, hotY, width, height } = shape;
    this.#change({ ...this.#snapshot, cursor: { url, hotX, hotY, width, height } });
  }

  #revokeCursor(): void {
    if (this.#snapshot.cursor?.url) URL.revokeObjectURL(this.#snapshot.cursor.url);
  }

  #change(snapshot: ScreenSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
