import { Coder, type Rect } from '@porthole/protocol';
import { MIN_POOLED } from './pixelPool.ts';

/** Where something is painted, in pixels of the picture, and which coder it came by. */
interface Area extends Rect {
  coder: Coder;
}

/**
 * One thing to paint; the steps of a picture are painted in order.
 * fill: one colour, 0xRRGGBB. pixels: straight RGBA whose rows have `rowPixels` pixels, of which the first `width` count.
 * copy: what the canvas holds at that moment, from another place. image: drawn from its top left corner, cropped to the
 * rectangle; whoever paints it closes it.
 */
export type Step =
  | (Area & { kind: 'fill'; colour: number })
  | (Area & { kind: 'pixels'; rgba: Uint8ClampedArray<ArrayBuffer>; rowPixels: number })
  | (Area & { kind: 'copy'; fromX: number; fromY: number })
  | (Area & { kind: 'image'; image: VideoFrame | ImageBitmap });

/** Lets go of what a step holds outside of the heap; for steps that nobody will paint. */
export function dropStep(step: Step): void {
  if (step.kind === 'image') step.image.close();
}

/** What is handed over to the page rather than copied. */
export function transferables(steps: readonly Step[]): Transferable[] {
  return steps.flatMap((step) => {
    if (step.kind === 'pixels') return step.rgba.buffer;
    return step.kind === 'image' ? step.image : [];
  });
}

/** Memory of painted frames that is worth sending back; tiles bring their own. */
export function reusable(steps: readonly Step[]): ArrayBuffer[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'pixels' || step.coder === Coder.palette || step.coder === Coder.rgb) return [];
    return step.rgba.byteLength >= MIN_POOLED ? step.rgba.buffer : [];
  });
}

/** True when `inner` lies within a picture of this size. */
export function liesWithin(inner: Rect, { width, height }: { width: number; height: number }): boolean {
  return inner.x >= 0 && inner.y >= 0 && inner.x + inner.width <= width && inner.y + inner.height <= height;
}
