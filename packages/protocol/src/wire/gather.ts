/** What can hold back what is written to it, such as a socket. */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

/** Frames below that, in bytes, are worth gathering; larger ones fill a write of their own. */
export const GATHERED_BYTES = 16 * 1024;

/**
 * Gathers what is written to a socket until the program has nothing more to say: one write instead of many. Call the result
 * before each. `later` runs a function once what is under way now is done (`process.nextTick`).
 */
export function gatherWrites(socket: Corkable, later: (work: () => void) => void): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    socket.cork();
    later(() => {
      isGathering = false;
      socket.uncork();
    });
  };
}
