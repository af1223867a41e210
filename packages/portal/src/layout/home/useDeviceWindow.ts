import { type RefObject, useLayoutEffect, useState } from 'react';

/** What there is to lay devices out in, in pixels. */
export interface DeviceWindow {
  /** Of the area; 0 before it was measured. */
  width: number;
  /** Of what is visible of the page below its header. */
  height: number;
  /** How far the area's top edge is above that, roughly. */
  scrolled: number;
}

/** The page is laid out anew each time it was scrolled so far, not for every pixel. */
const STEP = 120;

/** Room below the last device. */
const BELOW = 16;

/** Follows size and scrolling of the area; what scrolls is the page's `main`. */
export function useDeviceWindow(area: RefObject<HTMLElement | null>): DeviceWindow {
  const [view, setView] = useState<DeviceWindow>({ width: 0, height: 0, scrolled: 0 });
  useLayoutEffect(() => {
    const element = area.current;
    const scroller = element?.closest('main');
    if (!element || !scroller) return;
    let header = 0;
    const scrolled = () => Math.round((scroller.scrollTop - header) / STEP) * STEP;
    const change = (part: Partial<DeviceWindow>) =>
      setView((before) => {
        const next = { ...before, ...part };
        return isSame(before, next) ? before : next;
      });
    const measure = () => {
      header = scroller.scrollTop + element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      const height = Math.max(0, scroller.clientHeight - header - BELOW);
      change({ width: element.clientWidth, height, scrolled: scrolled() });
    };
    // Asks for nothing that would have to be laid out first: it runs with every picture while somebody scrolls.
    const follow = () => change({ scrolled: scrolled() });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(scroller);
    scroller.addEventListener('scroll', follow, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', follow);
    };
  }, [area]);
  return view;
}

function isSame(a: DeviceWindow, b: DeviceWindow): boolean {
  return a.width === b.width && a.height === b.height && a.scrolled === b.scrolled;
}
