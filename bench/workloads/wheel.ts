import type { Test } from 'x11';
import type { Canvas } from './canvas.ts';

const MOTION = 6;
const PRESS = 4;
const RELEASE = 5;
const UP = 4;
const DOWN = 5;
/** Every third step of 60 a second a notch, as a finger on a wheel; a second and a half one way, then back. */
const NOTCH_STEPS = 3;
const TURN_STEPS = 90;

/** A mouse wheel that a workload turns over what the pointer stands on. */
export class Wheel {
  readonly #test: Test;
  readonly #root: number;

  private constructor(test: Test, root: number) {
    this.#test = test;
    this.#root = root;
  }

  /** Puts the pointer at `x`, `y`. */
  static async over({ connection }: Canvas, x: number, y: number): Promise<Wheel> {
    const test = await connection.extension('xtest');
    test.FakeInput(MOTION, 0, 0, connection.root, x, y);
    return new Wheel(test, connection.root);
  }

  /** What is due in this step. */
  step(step: number): void {
    if (step % NOTCH_STEPS !== 0) return;
    const button = Math.floor(step / TURN_STEPS) % 2 === 0 ? DOWN : UP;
    for (const type of [PRESS, RELEASE]) this.#test.FakeInput(type, button, 0, this.#root, 0, 0);
  }
}
