export interface ImageSize {
  width: number;
  height: number;
}

/**
 * The size that a coded image claims for itself, read without decoding it; undefined when it is not of the kind that may
 * be sent: a baseline JPEG of 8 bits, or a lossless WebP.
 */
export function readImageSize(type: 'image/jpeg' | 'image/webp', bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return type === 'image/jpeg' ? readJpegSize(view) : readWebpSize(view);
}

const JPEG_START = 0xffd8;
const BASELINE_FRAME = 0xffc0;
const isMarker = (word: number) => word > 0xff00 && word < 0xffff;
/** Frames of other kinds than baseline; they would decode, but nobody has a reason to send them. */
const isOtherFrame = (marker: number) =>
  marker > 0xffc0 && marker < 0xffd0 && ![0xffc4, 0xffc8, 0xffcc].includes(marker);

/** ITU T.81, annex B: segments of marker and length up to the frame header. */
function readJpegSize(view: DataView): ImageSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== JPEG_START) return undefined;
  for (let at = 2; at + 9 <= view.byteLength; ) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (!isMarker(marker) || isOtherFrame(marker) || length < 2) return undefined;
    if (marker === BASELINE_FRAME) {
      return view.getUint8(at + 4) === 8
        ? { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
        : undefined;
    }
    at += 2 + length;
  }
  return undefined;
}

const RIFF = 0x5249_4646;
const WEBP = 0x5745_4250;
const LOSSLESS_CHUNK = 0x5650_384c;
const LOSSLESS_MARK = 0x2f;

/** RFC 9649: a RIFF file whose only or first chunk is VP8L; 14 bits each for width - 1 and height - 1, little endian. */
function readWebpSize(view: DataView): ImageSize | undefined {
  if (view.byteLength < 25 || view.getUint32(0) !== RIFF || view.getUint32(8) !== WEBP) return undefined;
  if (view.getUint32(12) !== LOSSLESS_CHUNK || view.getUint8(20) !== LOSSLESS_MARK) return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
