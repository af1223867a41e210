import type { CodedRect } from '@porthole/protocol';
import type { PixelPool } from './pixelPool.ts';
import type { Step } from './steps.ts';

/** How much larger than its rectangle a frame may be to be worth converting as a whole: coders pad to blocks of 16. */
const PADDING = 16;
/** Layouts in which frames lie in ordinary memory; those of a graphics card are best left there. */
const IN_MEMORY = new Set<string | null>(['I420', 'I422', 'I444', 'BGRX', 'BGRA', 'RGBX', 'RGBA']);

/**
 * A decoded frame as a step, cropped to its rectangle. Frames in ordinary memory are converted to RGBA here: that costs
 * less than to draw them, and the page's thread is spared it. The frame is either handed on or closed.
 */
export async function frameStep(frame: VideoFrame, rect: CodedRect, pool: PixelPool): Promise<Step> {
  const { x, y, width, height, coder } = rect;
  const rgba = await toPixels(frame, rect, pool);
  if (!rgba) return { kind: 'image', x, y, width, height, coder, image: frame };
  const visible = frame.visibleRect ?? { width, height };
  const size = { width: Math.min(width, visible.width), height: Math.min(height, visible.height) };
  frame.close();
  return { kind: 'pixels', x, y, ...size, coder, rgba, rowPixels: visible.width };
}

/** Undefined when this frame is better drawn as it is, or this browser cannot convert it. */
async function toPixels(
  frame: VideoFrame,
  rect: CodedRect,
  pool: PixelPool,
): Promise<Uint8ClampedArray<ArrayBuffer> | undefined> {
  const visible = frame.visibleRect;
  if (!visible || !IN_MEMORY.has(frame.format)) return undefined;
  if (visible.width > rect.width + PADDING || visible.height > rect.height + PADDING) return undefined;
  const rgba = pool.take(visible.width * visible.height * 4);
  try {
    const [plane] = await frame.copyTo(rgba, { format: 'RGBA', colorSpace: 'srgb' });
    return plane?.offset === 0 && plane.stride === visible.width * 4 ? rgba : undefined;
  } catch (error) {
    // Browsers that copy frames only in their own layout.
    if (error instanceof DOMException || error instanceof TypeError) return undefined;
    throw error;
  }
}
