import { type RefObject, useEffect } from 'react';

const watched = new Map<Element, (visible: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all cards: a thousand of their own would cost more than what they save. */
function observe(element: Element, changed: (visible: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) watched.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: '64px' },
  );
  watched.set(element, changed);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

/** Runs `entered` while the element is on screen, and what it returned when the element left. `entered` must be stable. */
export function useOnScreen(ref: RefObject<Element | null>, entered: () => () => void): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let left: (() => void) | undefined;
    const stop = observe(element, (visible) => {
      left?.();
      left = visible ? entered() : undefined;
    });
    return () => {
      stop();
      left?.();
    };
  }, [ref, entered]);
}
