import { type CodedRect, encodeScreen, type ScreenUpdate } from '@porthole/protocol';

/** What is said of a picture as a whole; see `ScreenUpdate`. */
export type PictureHead = Omit<ScreenUpdate, 'seq' | 'last' | 'rects'>;

/** Coded bytes after which a picture goes on in another message; far below the frame limit, whatever one tile needs. */
const PART_BYTES = 48 * 1024;

/** The messages of one picture, in order; there is at least one, and the last is marked. */
export function pictureParts(seq: number, coded: readonly CodedRect[], head: PictureHead): Uint8Array[] {
  const groups: CodedRect[][] = [[]];
  let bytes = 0;
  for (const rect of coded) {
    if (bytes > 0 && bytes + rect.bytes.byteLength > PART_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(rect);
    bytes += rect.bytes.byteLength;
  }
  return groups.map((rects, index) =>
    encodeScreen({ type: 'update', seq, last: index === groups.length - 1, ...head, rects }),
  );
}
