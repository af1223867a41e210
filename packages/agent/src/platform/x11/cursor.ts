import type { CursorShape } from '@porthole/protocol';
import type { CursorImage } from 'x11';
import type { XConnection } from './connection.ts';

/** Largest side of a cursor that is passed on; a larger one is cut. */
const MAX_SIDE = 256;
const HIDDEN: CursorShape = { width: 0, height: 0, hotX: 0, hotY: 0, rgba: new Uint8Array(0) };

/**
 * X cursors are ARGB with the colours premultiplied by alpha (in memory B, G, R, A); browsers want straight RGBA.
 * A cursor without a visible pixel gives the empty shape.
 */
export function toCursorShape(
  image: Pick<CursorImage, 'width' | 'height' | 'xhot' | 'yhot' | 'cursorImage'>,
): CursorShape {
  const width = Math.min(image.width, MAX_SIDE);
  const height = Math.min(image.height, MAX_SIDE);
  const rgba = new Uint8Array(width * height * 4);
  let visible = false;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = (Math.floor(pixel / width) * image.width + (pixel % width)) * 4;
    const alpha = image.cursorImage[from + 3] ?? 0;
    if (alpha === 0) continue;
    visible = true;
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = straight(image.cursorImage[from + 2 - channel] ?? 0, alpha);
    }
    rgba[pixel * 4 + 3] = alpha;
  }
  if (!visible) return HIDDEN;
  return { width, height, hotX: Math.min(image.xhot, width - 1), hotY: Math.min(image.yhot, height - 1), rgba };
}

function straight(value: number, alpha: number): number {
  return Math.min(255, Math.round((value * 255) / alpha));
}

/** Reports the cursor's shape now and whenever it changes, until the connection ends. */
export async function watchCursor(connection: XConnection, changed: (shape: CursorShape) => void): Promise<void> {
  const fixes = await connection.extension('fixes');
  let serial = -1;
  const read = async (): Promise<void> => {
    const image = await connection.ask<CursorImage>((reply) => fixes.GetCursorImage(reply));
    if (image.cursorSerial === serial) return;
    serial = image.cursorSerial;
    changed(toCursorShape(image));
  };
  // Reading fails when there is no cursor at this moment, or when the connection ends; the next change reads again.
  const readQuietly = (): Promise<void> => read().catch(() => undefined);
  connection.onEvent((event) => {
    if (event.type === fixes.firstEvent + CURSOR_NOTIFY) void readQuietly();
  });
  fixes.SelectCursorInput(connection.root, DISPLAY_CURSOR);
  await readQuietly();
}

const CURSOR_NOTIFY = 1;
const DISPLAY_CURSOR = 1;
