import type { Rect, ScreenState } from '@porthole/protocol';
import type { ScreenSource } from '../backend.ts';

/** What a viewer of `monitor` is shown of a display: the area, and the state to announce. '' or an unknown id is the whole display. */
export function viewOf(source: ScreenSource, monitor: string): { area: Rect; state: ScreenState } {
  const chosen = source.monitors.find(({ id }) => id === monitor);
  const { x, y, width, height } = chosen ?? { x: 0, y: 0, width: source.width, height: source.height };
  return {
    area: { x, y, width, height },
    state: { display: 'ok', width, height, monitor: chosen?.id ?? '', monitors: [...source.monitors] },
  };
}

/** What a viewer is shown while there is no display. */
export function blankView(display: 'missing' | 'lost'): { area: Rect; state: ScreenState } {
  return {
    area: { x: 0, y: 0, width: 0, height: 0 },
    state: { display, width: 0, height: 0, monitor: '', monitors: [] },
  };
}
