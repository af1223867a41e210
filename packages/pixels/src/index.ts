export { type IndexedPixels, PixelKernel, type Plane } from './kernel.ts';
export type { Move } from './moves.ts';
