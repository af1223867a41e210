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
  #picture: Picture = { seq: -1, tiles: [], decodeMs: 0 };

  /** Takes one part; answers the picture that it completed. Throws `WireError` on tiles that cannot be decoded. */
  add(update: ScreenUpdate): Picture | undefined {
    if (update.seq !== this.#picture.seq) this.#picture = { seq: update.seq, tiles: [], decodeMs: 0 };
    const picture = this.#picture;
    const start = performance.now();
    for (const rect of update.rects) picture.tiles.push(decodeTile(rect));
    picture.decodeMs += performance.now() - start;
    return update.last ? picture : undefined;
  }
}
