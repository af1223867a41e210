import { type RefObject, useEffect } from 'react';
import { edgePan } from './edgePan.ts';

/** Moves a picture that is larger than its room when the mouse comes near an edge: the wheel belongs to the device. */
export function useEdgePan(ref: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const element = ref.current;
    if (!element || !active) return;
    let pointer: { x: number; y: number } | undefined;
    let frame = 0;
    const step = () => {
      frame = 0;
      if (!pointer) return;
      const box = element.getBoundingClientRect();
      const [dx, dy] = [edgePan(pointer.x - box.left, box.width), edgePan(pointer.y - box.top, box.height)];
      const before = [element.scrollLeft, element.scrollTop];
      if (dx !== 0 || dy !== 0) element.scrollBy(dx, dy);
      // At the end of the picture nothing moves any more, and nothing needs to run.
      if (element.scrollLeft !== before[0] || element.scrollTop !== before[1]) frame = requestAnimationFrame(step);
    };
    const moved = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      pointer = { x: event.clientX, y: event.clientY };
      if (frame === 0) frame = requestAnimationFrame(step);
    };
    const left = () => {
      pointer = undefined;
    };
    element.addEventListener('pointermove', moved, { passive: true });
    element.addEventListener('pointerleave', left);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('pointermove', moved);
      element.removeEventListener('pointerleave', left);
    };
  }, [ref, active]);
}
