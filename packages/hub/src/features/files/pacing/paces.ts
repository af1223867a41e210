import { type LiveLink, Pace } from './pace.ts';

/** The pace of each session that transfers something now. */
export class Paces {
  readonly #find: (sessionId: string) => LiveLink | undefined;
  readonly #paces = new Map<string, { pace: Pace; users: number }>();

  constructor(find: (sessionId: string) => LiveLink | undefined) {
    this.#find = find;
  }

  /** All transfers of a session share one; `done` says that this one is over. */
  join(sessionId: string): { pace: Pace; done: () => void } {
    const shared = this.#paces.get(sessionId) ?? { pace: new Pace(() => this.#find(sessionId)), users: 0 };
    this.#paces.set(sessionId, shared);
    shared.users++;
    let isDone = false;
    const done = () => {
      if (isDone) return;
      isDone = true;
      shared.users--;
      if (shared.users > 0) return;
      this.#paces.delete(sessionId);
      shared.pace.close();
    };
    return { pace: shared.pace, done };
  }
}
