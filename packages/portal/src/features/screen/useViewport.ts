import { type RefObject, useEffect, useState } from 'react';
import type { Size } from './fitScreen.ts';

/** Size of an element in CSS pixels and the device pixels per CSS pixel, both followed. */
export function useViewport(ref: RefObject<HTMLElement | null>): { container: Size; ratio: number } {
  const [container, setContainer] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setContainer({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [ref]);
  return { container, ratio: usePixelRatio() };
}

/** Follows a window that moves to another monitor or is zoomed. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(window.devicePixelRatio);
  useEffect(() => {
    const query = window.matchMedia(`(resolution: ${ratio}dppx)`);
    const changed = () => setRatio(window.devicePixelRatio);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [ratio]);
  return ratio;
}
