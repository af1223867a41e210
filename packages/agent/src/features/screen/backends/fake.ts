import { type CursorShape, type Monitor, PortholeError, type Rect } from '@porthole/protocol';
import { addRect, bounding } from '../../../platform/x11/mergeRects.ts';
import type { OpenScreen, Pixels, ScreenEvents, ScreenSource } from '../backend.ts';

/** The synthetic display: two monitors side by side, a still pattern, and one moving box. */
export const FAKE_WIDTH = 640;
export const FAKE_HEIGHT = 360;
/** 0xRRGGBB of the moving box. */
export const FAKE_BOX_COLOR = 0xff8000;

const BOX = 32;
const STEP = 4;
const INTERVAL_MS = 33;
const HALF = FAKE_WIDTH / 2;

/** Opens a display that needs no system at all; the box moves only while it is open. Same steps, same pixels. */
export const openFakeScreen: OpenScreen = async (_display, events) => new FakeScreen(events);

/** Where the box is after `step` steps: to the right along the middle, then again from the left. */
export function fakeBox(step: number): Rect {
  return { x: (step * STEP) % (FAKE_WIDTH - BOX), y: (FAKE_HEIGHT - BOX) / 2, width: BOX, height: BOX };
}

/** 0xRRGGBB at a point after `step` steps. */
export function fakeColor(x: number, y: number, step: number): number {
  const box = fakeBox(step);
  const inBox = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
  if (inBox) return FAKE_BOX_COLOR;
  const checker = ((x >> 4) + (y >> 4)) % 2 === 0 ? 0x20 : 0x40;
  return x < HALF ? checker << 16 : checker;
}

class FakeScreen implements ScreenSource {
  readonly width = FAKE_WIDTH;
  readonly height = FAKE_HEIGHT;
  readonly monitors: readonly Monitor[] = [
    { id: 'left', name: 'left', x: 0, y: 0, width: HALF, height: FAKE_HEIGHT },
    { id: 'right', name: 'right', x: HALF, y: 0, width: HALF, height: FAKE_HEIGHT },
  ];
  readonly #events: ScreenEvents;
  readonly #timer: NodeJS.Timeout;
  #rects: Rect[] = [{ x: 0, y: 0, width: FAKE_WIDTH, height: FAKE_HEIGHT }];
  #step = 0;
  #told = false;
  #closed = false;

  constructor(events: ScreenEvents) {
    this.#events = events;
    this.#timer = setInterval(() => this.#move(), INTERVAL_MS);
    // As the real ones do: not before the opener has the source in hand.
    setImmediate(() => {
      if (this.#closed) return;
      events.cursor(arrow());
      events.pointer(HALF, FAKE_HEIGHT / 2);
      this.#tell();
    });
  }

  collect(): Rect[] {
    const rects = this.#rects;
    this.#rects = [];
    this.#told = false;
    return rects;
  }

  async grab(rect: Rect): Promise<Pixels> {
    const { x, y, width, height } = rect;
    if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > FAKE_WIDTH || y + height > FAKE_HEIGHT) {
      throw new PortholeError('display.lost', `Nothing of the display is at ${JSON.stringify(rect)}.`);
    }
    const data = new Uint8Array(width * height * 4);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const color = fakeColor(x + (pixel % width), y + Math.floor(pixel / width), this.#step);
      data.set([color & 255, (color >> 8) & 255, color >> 16], pixel * 4);
    }
    return { data, stride: width * 4, width, height };
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  #move(): void {
    const before = fakeBox(this.#step++);
    const after = fakeBox(this.#step);
    if (after.x > before.x) addRect(this.#rects, bounding(before, after), 32);
    else for (const rect of [before, after]) addRect(this.#rects, rect, 32);
    this.#tell();
  }

  #tell(): void {
    if (this.#told || this.#closed) return;
    this.#told = true;
    this.#events.damage();
  }
}

/** A small solid triangle. */
function arrow(): CursorShape {
  const side = 12;
  const rgba = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x <= y; x++) rgba.set([255, 255, 255, 255], (y * side + x) * 4);
  }
  return { width: side, height: side, hotX: 0, hotY: 0, rgba };
}
