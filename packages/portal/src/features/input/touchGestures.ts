import { type Later, laterByTimer } from '../../base/later.ts';

export interface Point {
  x: number;
  y: number;
}

/** Points and distances in CSS pixels of the page. `factor` is the change since the last pinch of the same gesture. */
export type Gesture =
  | { type: 'tap'; at: Point }
  | { type: 'hold'; at: Point }
  | { type: 'dragStart'; at: Point }
  | { type: 'drag'; at: Point; dx: number; dy: number }
  | { type: 'dragEnd'; at: Point }
  | { type: 'scroll'; at: Point; dx: number; dy: number }
  | { type: 'pinch'; at: Point; factor: number; dx: number; dy: number };

/** A finger may wander this far and still mean a tap. */
const SLOP = 10;
const HOLD_MS = 500;

type State =
  | { name: 'idle' }
  | { name: 'pressing'; start: Point; cancelHold: () => void }
  | { name: 'dragging' }
  | { name: 'two'; centre: Point; spread: number }
  | { name: 'scrolling'; centre: Point }
  | { name: 'pinching'; centre: Point; spread: number }
  /** Waiting for all fingers to leave. */
  | { name: 'spent' };

/** What one or two fingers mean: tap, hold, drag, scroll or pinch. Knows nothing of the DOM or of what follows from it. */
export class TouchGestures {
  readonly #emit: (gesture: Gesture) => void;
  readonly #later: Later;
  readonly #fingers = new Map<number, Point>();
  #state: State = { name: 'idle' };

  constructor(emit: (gesture: Gesture) => void, later: Later = laterByTimer) {
    this.#emit = emit;
    this.#later = later;
  }

  down(id: number, at: Point): void {
    this.#fingers.set(id, at);
    if (this.#fingers.size === 1) {
      this.#state = { name: 'pressing', start: at, cancelHold: this.#later(() => this.#held(), HOLD_MS) };
    } else if (this.#fingers.size === 2 && this.#state.name === 'pressing') {
      this.#state.cancelHold();
      this.#state = { name: 'two', centre: this.#centre(), spread: this.#spread() };
    } else {
      this.#end(at);
    }
  }

  move(id: number, at: Point): void {
    const before = this.#fingers.get(id);
    if (!before) return;
    this.#fingers.set(id, at);
    const state = this.#state;
    switch (state.name) {
      case 'pressing':
        if (distance(state.start, at) > SLOP) this.#startDrag(state, at);
        break;
      case 'dragging':
        this.#emit({ type: 'drag', at, dx: at.x - before.x, dy: at.y - before.y });
        break;
      case 'two':
        this.#decide(state);
        break;
      case 'scrolling':
        this.#scroll(state);
        break;
      case 'pinching':
        this.#pinch(state);
        break;
    }
  }

  up(id: number, at: Point): void {
    if (!this.#fingers.delete(id)) return;
    if (this.#state.name === 'pressing') this.#emit({ type: 'tap', at: this.#state.start });
    this.#end(at);
    if (this.#fingers.size === 0) this.#state = { name: 'idle' };
  }

  /** The system took the touch away: whatever was begun ends, nothing new happens. */
  cancel(): void {
    const at = this.#fingers.values().next().value ?? { x: 0, y: 0 };
    this.#end(at);
    this.#fingers.clear();
    this.#state = { name: 'idle' };
  }

  #end(at: Point): void {
    if (this.#state.name === 'pressing') this.#state.cancelHold();
    if (this.#state.name === 'dragging') this.#emit({ type: 'dragEnd', at });
    this.#state = { name: 'spent' };
  }

  #held(): void {
    if (this.#state.name !== 'pressing') return;
    this.#emit({ type: 'hold', at: this.#state.start });
    this.#state = { name: 'spent' };
  }

  #startDrag(state: { start: Point; cancelHold: () => void }, at: Point): void {
    state.cancelHold();
    this.#state = { name: 'dragging' };
    this.#emit({ type: 'dragStart', at: state.start });
    this.#emit({ type: 'drag', at, dx: at.x - state.start.x, dy: at.y - state.start.y });
  }

  #decide(state: { centre: Point; spread: number }): void {
    const moved = distance(state.centre, this.#centre());
    const spread = Math.abs(this.#spread() - state.spread);
    if (Math.max(moved, spread) <= SLOP) return;
    this.#state = spread > moved ? { ...state, name: 'pinching' } : { centre: state.centre, name: 'scrolling' };
    if (this.#state.name === 'pinching') this.#pinch(this.#state);
    else this.#scroll(this.#state);
  }

  #scroll(state: { centre: Point }): void {
    const centre = this.#centre();
    this.#emit({ type: 'scroll', at: centre, dx: centre.x - state.centre.x, dy: centre.y - state.centre.y });
    this.#state = { name: 'scrolling', centre };
  }

  #pinch(state: { centre: Point; spread: number }): void {
    const centre = this.#centre();
    const spread = this.#spread();
    const [dx, dy] = [centre.x - state.centre.x, centre.y - state.centre.y];
    this.#emit({ type: 'pinch', at: centre, factor: spread / state.spread, dx, dy });
    this.#state = { name: 'pinching', centre, spread };
  }

  #centre(): Point {
    const [a, b] = this.#pair();
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }

  #spread(): number {
    const [a, b] = this.#pair();
    return Math.max(1, distance(a, b));
  }

  #pair(): [Point, Point] {
    const [a = { x: 0, y: 0 }, b = a] = this.#fingers.values();
    return [a, b];
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
