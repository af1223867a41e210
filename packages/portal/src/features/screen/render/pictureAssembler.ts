import type { ScreenUpdate } from '@porthole/protocol';
import { type DecodedTile, decodeTile } from './tileDecoder.ts';

/** A whole picture, decoded; to be shown at once. */
export interface Picture {
  seq: number;
  tiles: DecodedTile[];
  decodeMs: number;
}

/** Decodes the parts of a picture as they come, and gives it out when it is whole. */
export class PictureAssembler {
  #begun: Picture | undefined;

  /** Takes one part; answers the picture that it completed. Throws `WireError` on tiles that cannot be decoded. */
  add(update: ScreenUpdate): Picture | undefined {
    const begun = this.#begun?.seq === update.seq ? this.#begun : undefined;
    const picture = begun ?? { seq: update.seq, tiles: [], decodeMs: 0 };
    const start = performance.now();
    for (const rect of update.rects) picture.tiles.push(decodeTile(rect));
    picture.decodeMs += performance.now() - start;
    // A whole picture is let go of: a restarted device counts from the beginning, and may use its number again.
    this.#begun = update.last ? undefined : picture;
    return update.last ? picture : undefined;
  }
}
