/** Nothing is moved; or a device is, by the pointer (and where it would go), or by the keyboard. */
export type DragState =
  | { by: 'nothing' }
  | { by: 'pointer'; id: string; target: DropTarget | undefined }
  | { by: 'keyboard'; id: string };

export interface DropTarget {
  id: string;
  side: 'before' | 'after';
}

export const AT_REST: DragState = { by: 'nothing' };

/** How far the pointer goes before a press becomes a drag, in pixels. */
const THRESHOLD = 6;
/** So near to an edge the page scrolls along, and so far with each picture. */
const EDGE = 48;
const SCROLL_STEP = 12;

export interface DragEvents {
  /** More than a press: it is a drag from now on. */
  moved(id: string, target: DropTarget | undefined): void;
  dropped(id: string, target: DropTarget | undefined): void;
  cancelled(): void;
}

/**
 * Follows one press on a device until it ends. By mouse a device may be taken anywhere, by finger at its handle only, so
 * that the page can still be scrolled. Returns how to end it early.
 */
export function followDrag(down: PointerEvent, events: DragEvents): () => void {
  const item = down.target instanceof Element ? down.target.closest<HTMLElement>('[data-device]') : null;
  const id = item?.dataset.device;
  if (!item || id === undefined) return () => undefined;
  const scroller = item.closest('main');
  let at = { x: down.clientX, y: down.clientY };
  let isDragging = false;
  let frame = 0;
  const scroll = () => {
    frame = requestAnimationFrame(scroll);
    const by = scroller ? scrollBy(at.y, scroller.getBoundingClientRect()) : 0;
    if (by !== 0) scroller?.scrollBy(0, by);
  };
  const move = (event: PointerEvent) => {
    at = { x: event.clientX, y: event.clientY };
    if (!isDragging && Math.hypot(at.x - down.clientX, at.y - down.clientY) < THRESHOLD) return;
    if (!isDragging) frame = requestAnimationFrame(scroll);
    isDragging = true;
    event.preventDefault();
    events.moved(id, targetAt(at, item));
  };
  const up = (event: PointerEvent) => {
    stop();
    if (!isDragging) return;
    swallowClick();
    events.dropped(id, targetAt({ x: event.clientX, y: event.clientY }, item));
  };
  const cancel = () => {
    stop();
    if (isDragging) events.cancelled();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    swallowClick();
    cancel();
  };
  const ending = new AbortController();
  const stop = () => {
    ending.abort();
    cancelAnimationFrame(frame);
  };
  const { signal } = ending;
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', up, { signal });
  window.addEventListener('pointercancel', cancel, { signal });
  window.addEventListener('keydown', key, { signal, capture: true });
  return stop;
}

/** The device under the pointer in the same list, and the side on which the other would go. */
function targetAt({ x, y }: { x: number; y: number }, moved: HTMLElement): DropTarget | undefined {
  const over = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-device]');
  const id = over?.dataset.device;
  if (!over || id === undefined || over === moved) return undefined;
  const { left, top, width, height } = over.getBoundingClientRect();
  const isColumn = over.parentElement?.dataset.columns === '1';
  const isAfter = isColumn ? y > top + height / 2 : x > left + width / 2;
  return { id, side: isAfter ? 'after' : 'before' };
}

function scrollBy(y: number, { top, bottom }: { top: number; bottom: number }): number {
  if (y < top + EDGE) return -SCROLL_STEP;
  return y > bottom - EDGE ? SCROLL_STEP : 0;
}

/** The click that ends a drag opens nothing. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}
