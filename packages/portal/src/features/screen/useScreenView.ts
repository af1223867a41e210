import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';

export type ViewMode = 'fit' | 'actual';

/** How this page looks at a screen: which monitor, how large, and the element that scrolls when it is larger than the room. */
export interface ScreenView {
  monitor: string;
  mode: ViewMode;
  zoom: number;
  scroller: RefObject<HTMLDivElement | null>;
  setMonitor(monitor: string): void;
  /** Also goes back to no zoom. */
  setMode(mode: ViewMode): void;
  /** Zooms about a point of the page and moves the view by pixels. */
  pinch(change: { factor: number; at: { x: number; y: number }; dx: number; dy: number }): void;
}

const MAX_ZOOM = 8;

/** The state of a `ScreenView`, kept in the page. */
export function useScreenView(): ScreenView {
  const scroller = useRef<HTMLDivElement>(null);
  const [monitor, setMonitor] = useState('');
  const [view, setView] = useState<{ mode: ViewMode; zoom: number }>({ mode: 'fit', zoom: 1 });
  const scrollTo = useRef<{ left: number; top: number }>(undefined);
  const zoom = useRef(1);
  useLayoutEffect(() => {
    zoom.current = view.zoom;
    if (scrollTo.current) scroller.current?.scrollTo(scrollTo.current);
    scrollTo.current = undefined;
  }, [view]);
  const setMode = useCallback((mode: ViewMode) => setView({ mode, zoom: 1 }), []);
  const pinch = useCallback<ScreenView['pinch']>(({ factor, at, dx, dy }) => {
    const element = scroller.current;
    if (!element) return;
    const next = Math.min(MAX_ZOOM, Math.max(1, zoom.current * factor));
    const real = next / zoom.current;
    const box = element.getBoundingClientRect();
    scrollTo.current = {
      left: (element.scrollLeft + at.x - box.left) * real - (at.x - box.left) - dx,
      top: (element.scrollTop + at.y - box.top) * real - (at.y - box.top) - dy,
    };
    setView((before) => ({ ...before, zoom: next }));
  }, []);
  return useMemo(() => ({ monitor, ...view, scroller, setMonitor, setMode, pinch }), [monitor, view, setMode, pinch]);
}
