import { type CodedRect, Coder, WireError } from '@porthole/protocol';
import { frameStep } from './frameStep.ts';
import { readImageSize } from './imageHeader.ts';
import type { PixelPool } from './pixelPool.ts';
import type { Step } from './steps.ts';

const TYPES = { [Coder.jpeg]: 'image/jpeg', [Coder.webp]: 'image/webp' } as const;
const AS_IT_IS = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;

/**
 * Decodes a JPEG or a WebP. `ImageDecoder` takes a third of the time of `createImageBitmap`, which is there for browsers
 * without it. Throws or rejects when the image is broken, or of another size than its rectangle.
 */
export async function decodeImage(rect: CodedRect & { coder: keyof typeof TYPES }, pool: PixelPool): Promise<Step> {
  const type = TYPES[rect.coder];
  const size = readImageSize(type, rect.bytes);
  if (size?.width !== rect.width || size.height !== rect.height) throw new WireError('image of another size');
  // Views into a message cannot be handed over; the coded bytes are few.
  const bytes = rect.bytes.slice();
  if (typeof ImageDecoder === 'undefined') return await decodeBitmap(rect, new Blob([bytes], { type }));
  const decoder = new ImageDecoder({ data: bytes, type, ...AS_IT_IS });
  try {
    const { image } = await decoder.decode();
    return await frameStep(image, rect, pool);
  } finally {
    decoder.close();
  }
}

async function decodeBitmap({ x, y, width, height, coder }: CodedRect, blob: Blob): Promise<Step> {
  const image = await createImageBitmap(blob, { ...AS_IT_IS, imageOrientation: 'none' });
  return { kind: 'image', x, y, width, height, coder, image };
}
