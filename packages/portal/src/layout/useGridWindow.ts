import { type RefObject, useEffect, useState } from 'react';
import { type GridWindow, gridWindow } from './gridWindow.ts';

/** Up to this many cards are simply all there: the browser's own search finds them. */
const ALL = 120;

/** The part of a grid of `count` items to render, following scroll and size. The scrolling element is the page's `main`. */
export function useGridWindow(ref: RefObject<HTMLElement | null>, count: number): GridWindow {
  const [range, setRange] = useState<GridWindow>({ start: 0, end: Math.min(count, ALL), before: 0, after: 0 });
  useEffect(() => {
    const grid = ref.current;
    const scroller = grid?.closest('main');
    if (!grid || !scroller || count <= ALL) return;
    const measure = () => {
      const next = measureWindow(grid, scroller, count);
      if (next) setRange((before) => (same(before, next) ? before : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    scroller.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', measure);
    };
  }, [ref, count]);
  return count <= ALL ? { start: 0, end: count, before: 0, after: 0 } : range;
}

function measureWindow(grid: HTMLElement, scroller: HTMLElement, count: number): GridWindow | undefined {
  const rowHeight = grid.firstElementChild?.getBoundingClientRect().height ?? 0;
  if (rowHeight === 0) return undefined;
  const style = getComputedStyle(grid);
  return gridWindow({
    count,
    columns: style.gridTemplateColumns.split(' ').length,
    rowHeight,
    gap: Number.parseFloat(style.rowGap) || 0,
    scrolled: scroller.getBoundingClientRect().top - grid.getBoundingClientRect().top,
    height: scroller.clientHeight,
  });
}

function same(a: GridWindow, b: GridWindow): boolean {
  return a.start === b.start && a.end === b.end && a.before === b.before && a.after === b.after;
}
