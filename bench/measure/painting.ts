import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import type { Workload } from '../workloads/workload.ts';
import { Reference } from './reference.ts';

const PAINT = fileURLToPath(new URL('../workloads/paint.ts', import.meta.url));
const START_MS = 60_000;

/** A workload being painted by a process of its own, until it is disposed of. */
export class Painting implements AsyncDisposable {
  /** What viewers should see, where the workload can tell. */
  readonly reference: Reference | undefined;
  readonly #painter: Program;

  private constructor(painter: Program, reference: Reference | undefined) {
    this.#painter = painter;
    this.reference = reference;
  }

  static async start(display: string, { id, quality }: Workload): Promise<Painting> {
    using folder = new TempDir();
    const path = join(folder.path, 'reference');
    const painter = new Program(process.execPath, [PAINT, display, id, path]);
    try {
      await painter.printed(/^painting$/m, START_MS);
      return new Painting(painter, quality && Reference.read(path));
    } catch (error) {
      await painter.stop();
      throw error;
    }
  }

  /** Paints no more and leaves the picture; resolves to the moment of the last change (wall clock, ms). */
  async rest(): Promise<number> {
    this.#painter.kill('SIGUSR2');
    const [, moment] = await this.#painter.printed(/^rested (\S+)$/m);
    return Number(moment);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#painter.stop();
  }
}

/** Paints a workload on a display from now until it is disposed of. */
export function startPainting(display: string, workload: Workload): Promise<Painting> {
  return Painting.start(display, workload);
}
