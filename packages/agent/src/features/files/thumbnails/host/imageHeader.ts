/** What the first bytes of an image say of it. `orientation` is that of EXIF, 1 to 8; 1 is upright. */
export interface ImageHeader {
  width: number;
  height: number;
  orientation: number;
}

/** Size and orientation out of the beginning of a PNG, GIF, BMP, WebP or JPEG; undefined when it is none, or says nothing. */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  try {
    return PARSERS.flatMap((parse) => parse(bytes) ?? [])[0];
  } catch (error) {
    // Too short for what it claims to be.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const PARSERS = [png, gif, bmp, webp, jpeg];

function png(bytes: Buffer): ImageHeader | undefined {
  if (bytes.toString('latin1', 1, 4) !== 'PNG' || bytes[0] !== 0x89) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), orientation: 1 };
}

function gif(bytes: Buffer): ImageHeader | undefined {
  if (!/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return undefined;
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), orientation: 1 };
}

function bmp(bytes: Buffer): ImageHeader | undefined {
  if (bytes.toString('latin1', 0, 2) !== 'BM') return undefined;
  return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)), orientation: 1 };
}

function webp(bytes: Buffer): ImageHeader | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8X')
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, orientation: 1 };
  if (kind === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, orientation: 1 };
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, orientation: 1 };
}

function jpeg(bytes: Buffer): ImageHeader | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let orientation = 1;
  for (let at = 2; at + 9 < bytes.byteLength; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xe1)
      orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2))) ?? orientation;
    // A frame begins, of whatever kind of JPEG; 0xc4, 0xc8 and 0xcc are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), orientation };
  }
  return undefined;
}

const ORIENTATION_TAG = 0x0112;

/** Out of an EXIF segment: a TIFF header, then a list of tags of 12 bytes each. */
function exifOrientation(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const list = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const count = short(list);
  for (let tag = 0; tag < count; tag++) {
    const at = list + 2 + tag * 12;
    if (short(at) !== ORIENTATION_TAG) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
