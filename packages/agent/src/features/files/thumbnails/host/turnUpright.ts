/** Pixels of 4 bytes without padding. */
export interface Picture {
  data: Buffer;
  width: number;
  height: number;
}

/** Turns a picture as its EXIF orientation (1 to 8) asks for. */
export function turnUpright(picture: Picture, orientation: number): Picture {
  if (orientation <= 1 || orientation > 8) return picture;
  const { width, height } = picture;
  const isTurned = orientation >= 5;
  const turned = {
    data: Buffer.alloc(picture.data.byteLength),
    width: isTurned ? height : width,
    height: isTurned ? width : height,
  };
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      const from = sourceOf(orientation, { x, y }, picture);
      turned.data.writeUInt32LE(picture.data.readUInt32LE((from.y * width + from.x) * 4), (y * turned.width + x) * 4);
    }
  }
  return turned;
}

/** Where the pixel at a place of the upright picture stands in the one that was taken. */
function sourceOf(orientation: number, { x, y }: { x: number; y: number }, { width, height }: Picture) {
  const [right, bottom] = [width - 1, height - 1];
  switch (orientation) {
    case 2:
      return { x: right - x, y };
    case 3:
      return { x: right - x, y: bottom - y };
    case 4:
      return { x, y: bottom - y };
    case 5:
      return { x: y, y: x };
    case 6:
      return { x: y, y: bottom - x };
    case 7:
      return { x: right - y, y: bottom - x };
    default:
      return { x: right - y, y: x };
  }
}

/** Quarter turns, clockwise on the screen (0 to 3), that the display matrix of a video asks for. */
export function quarterTurns(matrix: Buffer | null): number {
  if (!matrix || matrix.byteLength < 36) return 0;
  const turns = Math.round(Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0)) / (Math.PI / 2));
  return (turns + 4) % 4;
}

/** The EXIF orientation that a display matrix stands for. */
export function orientationOfMatrix(matrix: Buffer | null): number {
  return [1, 6, 3, 8][quarterTurns(matrix)] ?? 1;
}
