import type { Rect } from '@porthole/protocol';
import { intersect } from './dirtyRegion.ts';

/** The part of a display that a stream shows, and by how much it is shrunk. Rectangles of the view are in its own, smaller pixels. */
export class View {
  /** In display coordinates. */
  readonly area: Rect;
  /** Whole number, 1 for full size. */
  readonly shrink: number;
  readonly width: number;
  readonly height: number;

  constructor(area: Rect, shrink: number) {
    this.area = area;
    this.shrink = shrink;
    this.width = Math.ceil(area.width / shrink);
    this.height = Math.ceil(area.height / shrink);
  }

  get whole(): Rect {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }

  /** The view's rectangle that shows any of a rectangle of the display; undefined when none does. */
  fromDisplay(rect: Rect): Rect | undefined {
    const both = intersect(rect, this.area);
    if (!both) return undefined;
    const [left, top] = [both.x - this.area.x, both.y - this.area.y];
    const [x, y] = [Math.floor(left / this.shrink), Math.floor(top / this.shrink)];
    const right = Math.ceil((left + both.width) / this.shrink);
    const bottom = Math.ceil((top + both.height) / this.shrink);
    return { x, y, width: right - x, height: bottom - y };
  }

  /** The display's rectangle that a rectangle of the view shows; at the far edges it may end within a pixel of the view. */
  toDisplay({ x, y, width, height }: Rect): Rect {
    const { area, shrink } = this;
    const [left, top] = [x * shrink, y * shrink];
    return {
      x: area.x + left,
      y: area.y + top,
      width: Math.min(width * shrink, area.width - left),
      height: Math.min(height * shrink, area.height - top),
    };
  }
}
