import { toDisplay } from './fitScreen.ts';
import type { ScreenSnapshot } from './screenSession.ts';

/**
 * A point of the page as a pixel of the whole display, which is what input speaks of whichever monitor is shown. `box` is
 * where the picture lies on the page. Undefined while there is no picture.
 */
export function locatePoint(
  screen: Pick<ScreenSnapshot, 'width' | 'height' | 'monitor' | 'monitors'>,
  point: { x: number; y: number },
  box: { left: number; top: number; width: number; height: number },
): { x: number; y: number } | undefined {
  if (screen.width <= 0 || screen.height <= 0) return undefined;
  const at = toDisplay(point, box, screen);
  const shown = screen.monitors.find((monitor) => monitor.id === screen.monitor);
  return shown ? { x: Math.max(0, shown.x + at.x), y: Math.max(0, shown.y + at.y) } : at;
}
