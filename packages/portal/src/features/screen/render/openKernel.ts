import { PixelDecoder } from '@porthole/pixels/decoder';
import address from '@porthole/pixels/pixels.wasm?url';

/**
 * Decodes lossless tiles two to five times as fast as JavaScript does. Undefined where the browser or the page's policy
 * does not allow WebAssembly. Never rejects.
 */
export async function openKernel(): Promise<PixelDecoder | undefined> {
  if (typeof WebAssembly === 'undefined') return undefined;
  return await load().catch(() => undefined);
}

async function load(): Promise<PixelDecoder> {
  const response = await fetch(new URL(address, import.meta.url));
  return await PixelDecoder.open(await response.arrayBuffer());
}
