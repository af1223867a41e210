import { type Monitor, PortholeError, type Rect } from '@porthole/protocol';
import { Capture } from '../../../platform/x11/capture.ts';
import { XConnection } from '../../../platform/x11/connection.ts';
import { watchCursor } from '../../../platform/x11/cursor.ts';
import { DamageTracker } from '../../../platform/x11/damage.ts';
import { type ScreenLayout, watchLayout } from '../../../platform/x11/monitors.ts';
import { watchPointer } from '../../../platform/x11/pointer.ts';
import type { OpenScreen, Pixels, ScreenEvents, ScreenSource } from '../backend.ts';

/** What a server answers to a rectangle that is not inside its screen. */
const BAD_MATCH = 8;

/** Opens an X display such as ':0' for watching, on a connection of its own. */
export const openX11Screen: OpenScreen = async (display, events) => {
  const connection = await XConnection.open(display);
  try {
    const source = new X11Screen(connection, events);
    await source.start();
    return source;
  } catch (error) {
    connection.close();
    if (error instanceof PortholeError && error.code !== 'display.lost') throw error;
    throw new PortholeError('display.missing', `The display ${display} cannot be watched: ${String(error)}.`);
  }
};

class X11Screen implements ScreenSource {
  readonly #connection: XConnection;
  readonly #events: ScreenEvents;
  #layout: ScreenLayout = { width: 0, height: 0, monitors: [] };
  #capture: Capture | undefined;
  #damage: DamageTracker | undefined;
  #stopPointer: (() => void) | undefined;
  /** What was to be said before the opener had the source in hand. */
  #unsaid: (() => void)[] | undefined = [];
  #closed = false;

  constructor(connection: XConnection, events: ScreenEvents) {
    this.#connection = connection;
    this.#events = events;
  }

  get width(): number {
    return this.#layout.width;
  }

  get height(): number {
    return this.#layout.height;
  }

  get monitors(): readonly Monitor[] {
    return this.#layout.monitors;
  }

  /** Nothing is reported before the code that awaits this has run. */
  async start(): Promise<void> {
    const connection = this.#connection;
    this.#capture = await Capture.open(connection);
    this.#layout = await watchLayout(connection, (layout) => this.#onLayout(layout));
    await this.#capture.resize(this.width, this.height);
    this.#damage = await DamageTracker.open(connection, () => this.#tell(() => this.#events.damage()));
    this.#damage.resize(this.width, this.height);
    // Cursor and pointer are a comfort: a server without them still shows its picture.
    await watchCursor(connection, (shape) => this.#tell(() => this.#events.cursor(shape))).catch(() => undefined);
    this.#stopPointer = await watchPointer(connection, (x, y) => this.#tell(() => this.#events.pointer(x, y))).catch(
      () => undefined,
    );
    void connection.closed.then((reason) => this.#onLost(reason));
    setImmediate(() => this.#sayUnsaid());
  }

  collect(): Rect[] {
    return this.#damage?.collect() ?? [];
  }

  async grab(rect: Rect): Promise<Pixels> {
    const { width, height } = this;
    const inside = rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width && rect.y + rect.height <= height;
    if (!this.#capture || !inside || rect.width < 1 || rect.height < 1) {
      throw outside(rect);
    }
    try {
      return await this.#capture.grab(rect);
    } catch (error) {
      // It shrank, and has not said so yet.
      if (error instanceof Error && 'error' in error && error.error === BAD_MATCH) throw outside(rect);
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    this.#stopPointer?.();
    this.#connection.close();
  }

  #onLayout(layout: ScreenLayout): void {
    this.#layout = layout;
    // A failure means the connection ended, which is reported as such.
    void this.#capture?.resize(layout.width, layout.height).catch(() => undefined);
    this.#tell(() => this.#events.geometry());
    this.#damage?.resize(layout.width, layout.height);
  }

  #onLost(reason: string): void {
    this.#stopPointer?.();
    this.#tell(() => {
      this.#closed = true;
      this.#events.lost(reason);
    });
  }

  #tell(say: () => void): void {
    if (this.#closed) return;
    if (this.#unsaid) this.#unsaid.push(say);
    else say();
  }

  #sayUnsaid(): void {
    const unsaid = this.#unsaid ?? [];
    this.#unsaid = undefined;
    for (const say of unsaid) this.#tell(say);
  }
}

function outside(rect: Rect): PortholeError {
  return new PortholeError('display.lost', `Nothing of the display is at ${JSON.stringify(rect)}.`);
}
