import { type RefObject, useEffect, useState } from 'react';
import { virtualRows } from './virtualRows.ts';

/** The rows to have in the page, and the width of the window, following scroll and size of `scroller`. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight }: { count: number; rowHeight: number },
): { start: number; end: number; width: number; page: number } {
  const [view, setView] = useState({ scrolled: 0, height: 0, width: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const next = { scrolled: element.scrollTop, height: element.clientHeight, width: element.clientWidth };
      // Renders again only when another row comes into sight, not for every pixel.
      setView((before) => (sameRows(before, next, rowHeight) ? before : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller, rowHeight]);
  const page = Math.max(1, Math.floor(view.height / rowHeight) - 2);
  return { ...virtualRows({ count, rowHeight, ...view }), width: view.width, page };
}

interface View {
  scrolled: number;
  height: number;
  width: number;
}

function sameRows(a: View, b: View, rowHeight: number): boolean {
  const row = (view: View) => Math.floor(view.scrolled / rowHeight / 4);
  return row(a) === row(b) && a.height === b.height && a.width === b.width;
}
