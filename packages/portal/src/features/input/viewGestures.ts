import { type Gesture, TouchGestures } from './touchGestures.ts';

export interface ViewGesturesOptions {
  surface: HTMLElement;
  /** The element that scrolls. */
  scroller(): HTMLElement | null;
  pinch(gesture: Gesture & { type: 'pinch' }): void;
}

/** Fingers of somebody who only watches: they move the view and nothing else. Returns what ends it. */
export function listenViewGestures({ surface, scroller, pinch }: ViewGesturesOptions): () => void {
  const abort = new AbortController();
  const touch = new TouchGestures((gesture) => {
    if (gesture.type === 'pinch') pinch(gesture);
    else if (gesture.type === 'drag' || gesture.type === 'scroll') scroller()?.scrollBy(-gesture.dx, -gesture.dy);
  });
  const on = (type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel') =>
    surface.addEventListener(
      type,
      (event) => {
        if (event.pointerType !== 'touch') return;
        const at = { x: event.clientX, y: event.clientY };
        if (type === 'pointerdown') touch.down(event.pointerId, at);
        else if (type === 'pointermove') touch.move(event.pointerId, at);
        else if (type === 'pointerup') touch.up(event.pointerId, at);
        else touch.cancel();
      },
      { signal: abort.signal },
    );
  on('pointerdown');
  on('pointermove');
  on('pointerup');
  on('pointercancel');
  return () => {
    abort.abort();
    touch.cancel();
  };
}
