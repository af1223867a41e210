/** Sizes that both the style sheets and the arithmetic of long folders know, in CSS pixels. */
export const HEAD_HEIGHT = 28;
export const TILE_WIDTH = 136;
export const TILE_HEIGHT = 148;
