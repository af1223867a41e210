import { useEffect, useState } from 'react';
import { useAction } from '../../../base/useAction.ts';

/** A setting that changes at once, and goes back when it could not be saved. */
export interface Optimistic<T> {
  /** What to show: what was chosen last, until it is in force or refused. */
  shown: T;
  change(part: Partial<T>): void;
  error: string | undefined;
}

/** How long the news of what was saved may take, in ms. */
const NEWS_MS = 2_000;

/** `value` is what is in force. */
export function useOptimistic<T extends object>(value: T, save: (next: T) => Promise<void>): Optimistic<T> {
  const [wish, setWish] = useState<T>();
  const action = useAction(async (next: T) => {
    try {
      await save(next);
    } catch (error) {
      setWish(undefined);
      throw error;
    }
  });
  const shown = wish ?? value;
  const isInForce = wish === undefined || JSON.stringify(wish) === JSON.stringify(value);
  useEffect(() => {
    if (wish === undefined || action.busy) return;
    const timer = setTimeout(() => setWish(undefined), isInForce ? 0 : NEWS_MS);
    return () => clearTimeout(timer);
  }, [wish, isInForce, action.busy]);
  const change = (part: Partial<T>) => {
    // One after the other: the next builds on what became of this.
    if (action.busy) return;
    const next = { ...shown, ...part };
    setWish(next);
    action.run(next);
  };
  return { shown, change, error: action.error };
}
