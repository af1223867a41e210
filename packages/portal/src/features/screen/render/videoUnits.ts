import { type CodedRect, decodeVideoPiece, WireError } from '@porthole/protocol';

/** One coded frame of a video stream. `codec` is '' unless it is a key. */
export interface VideoUnit {
  stream: number;
  key: boolean;
  codec: string;
  rect: CodedRect;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Largest coded frame, in bytes: far above a key frame of an 8K display. */
const MAX_UNIT = 16 * 1024 * 1024;

interface Begun {
  first: Omit<VideoUnit, 'bytes'>;
  pieces: Uint8Array[];
  size: number;
}

/** Joins the pieces of a picture's video rectangles into coded frames. */
export class VideoUnits {
  #begun: Begun | undefined;

  /** Takes one video rectangle; answers the frame that it completed. Throws `WireError` on pieces that do not fit. */
  add(rect: CodedRect): VideoUnit | undefined {
    const { stream, key, more, codec, bytes } = decodeVideoPiece(rect.bytes);
    const begun = this.#begun ?? { first: { stream, key, codec, rect }, pieces: [], size: 0 };
    this.#begun = undefined;
    if (begun.first.stream !== stream || !sameRect(begun.first.rect, rect)) throw new WireError('pieces do not fit');
    begun.pieces.push(bytes);
    begun.size += bytes.byteLength;
    if (begun.size > MAX_UNIT) throw new WireError('video frame too large');
    if (!more) return { ...begun.first, bytes: join(begun) };
    this.#begun = begun;
    return undefined;
  }

  /** The picture is over. Answers whether a frame was left without its end, which is forgotten. */
  end(): boolean {
    const cut = this.#begun !== undefined;
    this.#begun = undefined;
    return cut;
  }
}

/** True for a piece that others follow. */
export function goesOn(piece: Uint8Array): boolean {
  return decodeVideoPiece(piece).more;
}

/** True when both cover the same pixels. */
export function sameRect(a: CodedRect, b: CodedRect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function join({ pieces, size }: Begun): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
