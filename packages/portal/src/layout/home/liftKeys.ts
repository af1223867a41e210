import { moveBeside, stepOfKey } from './reorder.ts';

/** A handle that has the keyboard. */
export interface Handle {
  id: string;
  isLifted: boolean;
  /** All devices in the user's own order, and those of the handle's list as they are shown. */
  order: readonly string[];
  list: readonly string[];
  columns: number;
}

/** What a key at a handle means; places count from 1. Undefined: nothing, somebody else may want the key. */
export type LiftStep =
  | { kind: 'lift' | 'drop'; place: number }
  | { kind: 'back' }
  | { kind: 'stay' }
  | { kind: 'move'; place: number; order: readonly string[] };

/** Space lifts and drops, arrows move what is lifted to the place of another of its list, Escape puts it back. */
export function liftStep(key: string, { id, isLifted, order, list, columns }: Handle): LiftStep | undefined {
  const at = list.indexOf(id);
  if (key === ' ' || key === 'Enter') return { kind: isLifted ? 'drop' : 'lift', place: at + 1 };
  if (!isLifted) return undefined;
  if (key === 'Escape') return { kind: 'back' };
  const step = stepOfKey(key, columns);
  if (step === undefined) return undefined;
  const to = Math.min(list.length - 1, Math.max(0, at + step));
  const target = list[to];
  if (target === undefined || to === at) return { kind: 'stay' };
  return { kind: 'move', place: to + 1, order: moveBeside(order, id, target, step > 0 ? 'after' : 'before') };
}
