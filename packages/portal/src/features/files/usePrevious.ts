import { useRef } from 'react';

/** What `value` was before it was what it is now; undefined as long as it is the first. */
export function usePrevious<T>(value: T): { value: T } | undefined {
  const known = useRef<{ now: T; before: { value: T } | undefined }>({ now: value, before: undefined });
  if (known.current.now !== value) known.current = { now: value, before: { value: known.current.now } };
  return known.current.before;
}
