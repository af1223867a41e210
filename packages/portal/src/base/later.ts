/** Runs something after a while and returns how to call that off. Passed in where tests need to hold the clock. */
export type Later = (run: () => void, ms: number) => () => void;

/** By the platform's timer. */
export function laterByTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
