import type { ErrorCode, Monitor, ScreenSettings } from '@porthole/protocol';
import { CoderOverlay } from './coderOverlay.ts';
import { CanvasPainter } from './render/canvasPainter.ts';
import { cursorUrl } from './render/cursorImage.ts';
import type { ScreenMetrics } from './render/latency.ts';
import { localNow } from './render/screenMeter.ts';
import type { ScreenNews, ScreenPhase } from './render/screenNews.ts';
import { reusable } from './render/steps.ts';
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
  error?: { code: ErrorCode; message: string };
  width: number;
  height: number;
  monitor: string;
  monitors: Monitor[];
  metrics: ScreenMetrics | null;
  /** Everything shown is the display's, bit for bit. */
  exact: boolean;
  /** Codecs of video that this browser decodes. */
  codecs: string[];
  cursor: ScreenCursor | null;
  pointer: { x: number; y: number } | null;
}

export interface ScreenSessionOptions {
  canvas: HTMLCanvasElement;
  deviceId: string;
  viewer: string;
  monitor: string;
  settings: ScreenSettings;
}

/** What there is to show before anything came. */
export const NO_SCREEN: ScreenSnapshot = {
  phase: 'connecting',
  width: 0,
  height: 0,
  monitor: '',
  monitors: [],
  metrics: null,
  exact: false,
  codecs: [],
  cursor: null,
  pointer: null,
};

/**
 * The page's handle on one device's screen. A worker receives and decodes; here pictures are only painted, past React.
 */
export class ScreenSession {
  readonly #worker: Worker;
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: CanvasPainter;
  readonly #listeners = new Set<() => void>();
  readonly #onVisibility = () => this.#post({ type: 'pause', paused: document.hidden || !this.#isShown });
  #snapshot: ScreenSnapshot = NO_SCREEN;
  #overlay: CoderOverlay | undefined;
  #cursorCount = 0;
  #isShown = true;

  constructor({ canvas, ...target }: ScreenSessionOptions) {
    this.#canvas = canvas;
    this.#painter = new CanvasPainter(canvas);
    this.#worker = new Worker(new URL('./render/screenWorker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<ScreenNews>) => this.#take(data);
    this.#post({ type: 'start', target: { origin: location.origin, ...target } });
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

  /** In force at once. */
  set(settings: ScreenSettings): void {
    this.#post({ type: 'settings', settings });
  }

  /** Colours what is painted by its coder. */
  showCoders(shown: boolean): void {
    if (shown) this.#overlay ??= new CoderOverlay(this.#canvas);
    else this.#closeOverlay();
  }

  /** Nobody sees a screen that is not shown, as nobody sees one in a hidden page: nothing is sent of it. */
  setShown(shown: boolean): void {
    if (shown === this.#isShown) return;
    this.#isShown = shown;
    this.#onVisibility();
  }

  /** A key just went to the device. */
  keySent(): void {
    this.#post({ type: 'keySent', at: localNow() });
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
    this.#closeOverlay();
    this.#listeners.clear();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(news: ScreenNews): void {
    switch (news.type) {
      case 'picture':
        return this.#paint(news);
      case 'phase': {
        const { error: _, ...rest } = this.#snapshot;
        return this.#change({ ...rest, phase: news.phase, ...(news.error && { error: news.error }) });
      }
      case 'state': {
        const { width, height, monitor, monitors } = news.state;
        this.#painter.resize(width, height);
        this.#overlay?.resize(this.#canvas);
        return this.#change({ ...this.#snapshot, width, height, monitor, monitors });
      }
      case 'codecs':
        return this.#change({ ...this.#snapshot, codecs: news.codecs });
      case 'metrics':
        return this.#change({ ...this.#snapshot, metrics: news.metrics });
      case 'pointer':
        return this.#change({ ...this.#snapshot, pointer: { x: news.x, y: news.y } });
      case 'cursor':
        void this.#setCursor(news);
        return;
    }
  }

  #paint({ seq, steps, shrink, exact }: Extract<ScreenNews, { type: 'picture' }>): void {
    let paintMs = 0;
    try {
      paintMs = this.#painter.paint(steps, shrink);
      this.#overlay?.mark(steps, shrink);
    } finally {
      // Whatever happens: without an answer no further picture comes.
      const used = reusable(steps);
      this.#worker.postMessage({ type: 'painted', seq, paintMs, at: localNow(), used } satisfies ToWorker, used);
    }
    if (exact !== this.#snapshot.exact) this.#change({ ...this.#snapshot, exact });
  }

  #closeOverlay(): void {
    this.#overlay?.close();
    this.#overlay = undefined;
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
