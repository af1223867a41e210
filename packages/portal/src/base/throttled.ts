import { type Later, laterByTimer } from './later.ts';
import type { Readable } from './store.ts';

/**
 * The same value, heard of at once and then at most each `ms`: for what is costly to draw and may change a thousand times at
 * once. The last change is always heard.
 */
export function throttled<T>(source: Readable<T>, ms: number, later: Later = laterByTimer): Readable<T> {
  let shown = source.get();
  let followers = 0;
  const listen = (listener: () => void) => {
    let cancel: (() => void) | undefined;
    let isLate = false;
    const pass = () => {
      isLate = false;
      shown = source.get();
      cancel = later(() => {
        cancel = undefined;
        if (isLate) pass();
      }, ms);
      listener();
    };
    const leave = source.subscribe(() => {
      if (cancel) isLate = true;
      else pass();
    });
    return () => {
      leave();
      cancel?.();
    };
  };
  return {
    get: () => {
      // While nobody listens nothing keeps it.
      if (followers === 0) shown = source.get();
      return shown;
    },
    subscribe: (listener) => {
      followers += 1;
      shown = source.get();
      const leave = listen(listener);
      return () => {
        followers -= 1;
        leave();
      };
    },
  };
}
