import type { Monitor } from '@porthole/protocol';
import { cursorUrl } from './render/cursorImage.ts';
import type { ScreenMetrics } from './render/latency.ts';
import { ScreenClient, type ScreenNews, type ScreenPhase } from './render/screenClient.ts';
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

const NOTHING: ScreenSnapshot = {
  phase: 'connecting',
  width: 0,
  height: 0,
  monitor: '',
  monitors: [],
  metrics: null,
  cursor: null,
  pointer: null,
};

/** What the session drives: the worker's client, or the same client on this thread. */
interface Driver {
  post(message: Exclude<ToWorker, { type: 'start' }>): void;
}

/**
 * The page's handle on one device's screen. Pictures go from the network to the canvas in a worker; only what is shown
 * beside them comes here. Owns the canvas, which can be given away only once.
 */
export class ScreenSession {
  readonly #driver: Driver;
  readonly #listeners = new Set<() => void>();
  readonly #onVisibility = () => this.#driver.post({ type: 'pause', paused: document.hidden });
  #snapshot: ScreenSnapshot = NOTHING;
  #cursorCount = 0;

  constructor({ canvas, deviceId, viewer, monitor }: ScreenSessionOptions) {
    const target = { origin: location.origin, deviceId, viewer, monitor };
    const news = (news: ScreenNews) => this.#take(news);
    this.#driver =
      'transferControlToOffscreen' in canvas ? inWorker(canvas, target, news) : onPage(canvas, target, news);
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
    this.#driver.post({ type: 'select', monitor });
  }

  /** The device came back or a feature was switched on: no need to wait for the next attempt. */
  retry(): void {
    this.#driver.post({ type: 'retry' });
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#driver.post({ type: 'close' });
    this.#cursorCount++;
    this.#revokeCursor();
    this.#listeners.clear();
  }

  #take(news: ScreenNews): void {
    switch (news.type) {
      case 'phase': {
        const { error: _, ...rest } = this.#snapshot;
        return this.#change({ ...rest, phase: news.phase, ...(news.error && { error: news.error }) });
      }
      case 'state': {
        const { width, height, monitor, monitors } = news.state;
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

type Target = ConstructorParameters<typeof ScreenClient>[1];

function inWorker(canvas: HTMLCanvasElement, target: Target, news: (news: ScreenNews) => void): Driver {
  const worker = new Worker(new URL('./render/screenWorker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<ScreenNews>) => news(data);
  const offscreen = canvas.transferControlToOffscreen();
  worker.postMessage({ type: 'start', canvas: offscreen, target } satisfies ToWorker, [offscreen]);
  return { post: (message) => worker.postMessage(message) };
}

function onPage(canvas: HTMLCanvasElement, target: Target, news: (news: ScreenNews) => void): Driver {
  const client = new ScreenClient(canvas, target, news);
  return {
    post: (message) => {
      if (message.type === 'select') client.select(message.monitor);
      else if (message.type === 'pause') client.pause(message.paused);
      else if (message.type === 'retry') client.retry();
      else client.close();
    },
  };
}
