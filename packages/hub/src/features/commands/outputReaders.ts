import { PortholeError } from '@porthole/protocol';
import type { Subject } from '../../base/access.ts';
import { OutputLines } from './outputLines.ts';
import type { Runs } from './runs.ts';

/** Sessions, as far as they matter here. */
export interface SessionEnds {
  onEnded(listener: (sessionId: string) => void): () => void;
}

/** Readers that one session may have at once. */
const PER_SESSION = 32;

/** Everybody who reads the output of a run now. Reading ends with the session. */
export class OutputReaders {
  readonly #runs: Runs;
  readonly #open = new Map<OutputLines, string>();
  readonly #stop: () => void;

  constructor(runs: Runs, sessions: SessionEnds) {
    this.#runs = runs;
    this.#stop = sessions.onEnded((sessionId) => {
      runs.checkRights();
      for (const [lines, of] of this.#open) if (of === sessionId) lines.refuse('auth.session-ended');
    });
  }

  /** Throws `run.unknown`, or `channel.limit` when the session reads too much at once. */
  open(subject: Subject, id: string, query: { device?: string | undefined; follow?: '1' | 'all' | undefined }) {
    const own = [...this.#open.values()].filter((sessionId) => sessionId === subject.sessionId);
    if (own.length >= PER_SESSION) throw new PortholeError('channel.limit');
    const source = this.#runs.source(subject, id, query.follow === 'all');
    const devices = source.devices.filter((device) => query.device === undefined || device === query.device);
    if (devices.length === 0) throw new PortholeError('run.unknown');
    const lines = new OutputLines(source, { devices, follow: query.follow !== undefined });
    this.#open.set(lines, subject.sessionId);
    lines.once('close', () => this.#open.delete(lines));
    return lines;
  }

  close(): void {
    this.#stop();
    for (const lines of this.#open.keys()) lines.destroy();
  }
}
