/** What can hold back what is written to it, such as a socket. */
export interface Corkable {
  cork(): void;
  uncork(): void;
}

/** Gathers what is written to a socket until this program has nothing more to say: one write instead of many. Call it before each. */
export function gatherWrites(socket: Corkable): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    socket.cork();
    process.nextTick(() => {
      isGathering = false;
      socket.uncork();
    });
  };
}
