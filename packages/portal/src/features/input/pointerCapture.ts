import type { InputMessage } from '@porthole/protocol';
import { buttonChanges } from './buttons.ts';
import { FrameGate, nextAnimationFrame } from './frameGate.ts';
import { type Gesture, type Point, TouchGestures } from './touchGestures.ts';
import { WheelMeter } from './wheel.ts';

export interface PointerCaptureOptions {
  /** The element that lies exactly over the picture. */
  surface: HTMLElement;
  /** A point of the page as a pixel of the display; undefined while there is no picture. */
  locate(point: Point): Point | undefined;
  send(message: InputMessage): void;
  /** A mouse or pen pressed: the person works on the screen now. */
  pressed(): void;
  /** Gestures that move the view, not the device. */
  moveView(gesture: Gesture & { type: 'pinch' }): void;
}

/** A finger scrolls in pixels; this many are one notch of a wheel. */
const TOUCH_PX_PER_NOTCH = 40;

/** Pointer, wheel and touch over the picture, sent to the device. */
export class PointerCapture {
  readonly #options: PointerCaptureOptions;
  readonly #abort = new AbortController();
  readonly #wheel = new WheelMeter();
  readonly #moves: FrameGate<Point>;
  readonly #touch = new TouchGestures((gesture) => this.#gesture(gesture));
  #buttons = 0;

  constructor(options: PointerCaptureOptions) {
    this.#options = options;
    this.#moves = new FrameGate((at) => options.send({ type: 'move', ...at }), nextAnimationFrame);
    this.#listen(options.surface);
  }

  close(): void {
    this.#abort.abort();
    this.#moves.close();
    this.#touch.cancel();
    if (this.#buttons !== 0) this.#options.send({ type: 'release' });
    this.#buttons = 0;
  }

  #listen(surface: HTMLElement): void {
    const { signal } = this.#abort;
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
      surface.addEventListener(type, run, { signal, passive: false });
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const) {
      on(type, (event) => this.#pointer(event));
    }
    on('wheel', (event) => this.#rolled(event));
    // The browser's own answers to these (menu, history, text selection, middle-click scrolling) would get in the way.
    for (const type of ['contextmenu', 'mousedown', 'mouseup', 'auxclick', 'dragstart'] as const) {
      on(type, (event) => event.preventDefault());
    }
  }

  #pointer(event: PointerEvent): void {
    event.preventDefault();
    if (event.type === 'pointerdown') {
      capture(this.#options.surface, event.pointerId);
      // A finger must not call the on-screen keyboard up.
      if (event.pointerType !== 'touch') this.#options.pressed();
    }
    if (event.pointerType === 'touch') this.#finger(event);
    else this.#mouse(event);
  }

  #mouse(event: PointerEvent): void {
    const at = this.#options.locate(event);
    if (!at) return;
    // A cancelled pointer holds nothing any more, whatever its last mask said.
    const buttons = event.type === 'pointercancel' ? 0 : event.buttons;
    const changes = buttonChanges(this.#buttons, buttons);
    this.#buttons = buttons;
    if (changes.length === 0) {
      this.#moves.put(at);
      return;
    }
    this.#moves.flush();
    for (const change of changes) this.#options.send({ type: 'button', ...change, ...at });
  }

  #rolled(event: WheelEvent): void {
    event.preventDefault();
    const at = this.#options.locate({ x: event.clientX, y: event.clientY });
    const { dx, dy } = this.#wheel.add(event);
    if (!at || (dx === 0 && dy === 0)) return;
    this.#moves.flush();
    this.#options.send({ type: 'wheel', dx, dy, ...at });
  }

  #finger(event: PointerEvent): void {
    const at = { x: event.clientX, y: event.clientY };
    if (event.type === 'pointerdown') this.#touch.down(event.pointerId, at);
    else if (event.type === 'pointermove') this.#touch.move(event.pointerId, at);
    else if (event.type === 'pointerup') this.#touch.up(event.pointerId, at);
    else this.#touch.cancel();
  }

  #gesture(gesture: Gesture): void {
    const at = this.#options.locate(gesture.at);
    if (gesture.type === 'pinch') this.#options.moveView(gesture);
    if (!at) return;
    switch (gesture.type) {
      case 'tap':
        return this.#click(0, at);
      case 'hold':
        return this.#click(2, at);
      case 'dragStart':
        return this.#options.send({ type: 'button', button: 0, down: true, ...at });
      case 'drag':
        return this.#moves.put(at);
      case 'dragEnd':
        this.#moves.flush();
        return this.#options.send({ type: 'button', button: 0, down: false, ...at });
      case 'scroll':
        return this.#scrolled(gesture, at);
    }
  }

  #click(button: number, at: Point): void {
    this.#moves.flush();
    this.#options.send({ type: 'button', button, down: true, ...at });
    this.#options.send({ type: 'button', button, down: false, ...at });
  }

  /** What is under the fingers follows them, so the wheel turns the other way. */
  #scrolled({ dx, dy }: { dx: number; dy: number }, at: Point): void {
    const perPixel = 100 / TOUCH_PX_PER_NOTCH;
    const turned = this.#wheel.add({ deltaX: -dx * perPixel, deltaY: -dy * perPixel, deltaMode: 0 });
    if (turned.dx !== 0 || turned.dy !== 0) this.#options.send({ type: 'wheel', ...turned, ...at });
  }
}

function capture(surface: HTMLElement, pointer: number): void {
  try {
    surface.setPointerCapture(pointer);
  } catch (error) {
    // The pointer may be gone already (a tap that ended in the same moment); then there is nothing to hold on to.
    if (!(error instanceof DOMException)) throw error;
  }
}
