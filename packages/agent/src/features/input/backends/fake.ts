import type { InputSink, OpenInput } from '../backend.ts';

/** One thing that was asked of a fake sink, in the words of `InputSink`. */
export type FakeInputCall =
  | { type: 'move'; x: number; y: number }
  | { type: 'button'; button: number; down: boolean }
  | { type: 'wheel'; dx: number; dy: number }
  | { type: 'key'; down: boolean; keysym: number; code: string }
  | { type: 'text'; text: string }
  | { type: 'releaseAll' }
  | { type: 'close' };

/** What was asked of all fake sinks of this process, oldest first; the latest 1000. Tests empty it themselves. */
export const fakeInputCalls: FakeInputCall[] = [];

const KEPT = 1_000;

/** Opens an input that only remembers what it is asked. */
export const openFakeInput: OpenInput = async () => new FakeInput();

class FakeInput implements InputSink {
  readonly #closed = Promise.withResolvers<string>();
  readonly closed = this.#closed.promise;
  #open = true;

  move(x: number, y: number): void {
    this.#note({ type: 'move', x, y });
  }

  button(button: number, down: boolean): void {
    this.#note({ type: 'button', button, down });
  }

  wheel(dx: number, dy: number): void {
    this.#note({ type: 'wheel', dx, dy });
  }

  key(down: boolean, keysym: number, code: string): void {
    this.#note({ type: 'key', down, keysym, code });
  }

  text(text: string): void {
    this.#note({ type: 'text', text });
  }

  releaseAll(): void {
    this.#note({ type: 'releaseAll' });
  }

  close(): void {
    this.#note({ type: 'close' });
    this.#open = false;
    this.#closed.resolve('The input was closed.');
  }

  #note(call: FakeInputCall): void {
    if (!this.#open) return;
    fakeInputCalls.push(call);
    if (fakeInputCalls.length > KEPT) fakeInputCalls.shift();
  }
}
