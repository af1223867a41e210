import type { CursorShape } from '@porthole/protocol';

/** An object URL of the cursor as PNG, for CSS; the caller revokes it. '' when the cursor is hidden. */
export async function cursorUrl({ width, height, rgba }: CursorShape): Promise<string> {
  if (width === 0 || height === 0) return '';
  const canvas = new OffscreenCanvas(width, height);
  const pixels = new Uint8ClampedArray(rgba);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/png' }));
}
