/** Sizes in CSS pixels unless said otherwise. */
export interface Size {
  width: number;
  height: number;
}

export interface FitRequest {
  /** What is free. */
  container: Size;
  /** The remote monitor, in its own pixels. */
  display: Size;
  /** Device pixels per CSS pixel. */
  ratio: number;
  /** fit: as large as it goes; actual: one remote pixel on one pixel of this screen. */
  mode: 'fit' | 'actual';
  /** What the person zoomed to on top of the mode, 1 for none. */
  zoom: number;
}

export interface Fit extends Size {
  /** Left and top of the picture; on a whole device pixel, so that nothing is smeared over two. */
  left: number;
  top: number;
  /** Device pixels per remote pixel. */
  factor: number;
  /** A whole factor above 1: draw hard pixels. Anything else is smoothed. */
  pixelated: boolean;
}

/** A whole factor is taken when it still fills this part of what a broken one would. */
const WHOLE_ENOUGH = 0.75;

/** Where and how large to draw the picture. A display of no size gives an empty fit. */
export function fitScreen({ container, display, ratio, mode, zoom }: FitRequest): Fit {
  if (!(display.width > 0 && display.height > 0 && ratio > 0)) {
    return { width: 0, height: 0, left: 0, top: 0, factor: 1, pixelated: false };
  }
  const room = { width: container.width * ratio, height: container.height * ratio };
  const factor = (mode === 'actual' ? 1 : fitFactor(room, display)) * zoom;
  const width = Math.round(display.width * factor) / ratio;
  const height = Math.round(display.height * factor) / ratio;
  return {
    width,
    height,
    left: centre(room.width, width * ratio) / ratio,
    top: centre(room.height, height * ratio) / ratio,
    factor,
    pixelated: factor > 1 && Number.isInteger(factor),
  };
}

function fitFactor(room: Size, display: Size): number {
  const largest = Math.min(room.width / display.width, room.height / display.height);
  const whole = Math.floor(largest);
  return whole >= 1 && whole / largest >= WHOLE_ENOUGH ? whole : Math.max(largest, 1 / display.width);
}

function centre(room: number, size: number): number {
  return Math.max(0, Math.floor((room - size) / 2));
}

/** A point of the page as a pixel of the display, kept inside it. `box` is where the picture lies on the page. */
export function toDisplay(
  point: { x: number; y: number },
  box: Size & { left: number; top: number },
  display: Size,
): { x: number; y: number } {
  return {
    x: pixel((point.x - box.left) / box.width, display.width),
    y: pixel((point.y - box.top) / box.height, display.height),
  };
}

function pixel(share: number, size: number): number {
  if (!Number.isFinite(share)) return 0;
  return Math.min(size - 1, Math.max(0, Math.floor(share * size)));
}
