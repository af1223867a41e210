import type { PixelKernel, Plane } from '@porthole/pixels';
import type { CodedRect, Rect } from '@porthole/protocol';
import { encodeDrawn } from '../coders/losslessCoder.ts';
import { joinRuns, splitCells, splitTiles } from './tiles.ts';

/** From here on a part looks like a photograph; see `PixelKernel.naturalness`. */
const NATURAL = 0.4;

/** Whether a part looks like a photograph, by a sample. */
export function isNatural(kernel: PixelKernel, plane: Plane, part: Rect): boolean {
  return kernel.naturalness(plane, part) > NATURAL;
}

/** What was drawn, coded; and what looks like a photograph, to be coded by the caller. */
export interface SortedTiles {
  drawn: CodedRect[];
  natural: Rect[];
}

/** Cuts a part into tiles of the wire's size, and sorts them by what they show. */
export function sortTiles(kernel: PixelKernel, plane: Plane, part: Rect): SortedTiles {
  const drawn: CodedRect[] = [];
  const natural: Rect[] = [];
  for (const tile of splitTiles(part)) {
    const coded = encodeDrawn(kernel, plane, tile);
    if (coded) drawn.push(coded);
    else natural.push(...sortCells(kernel, plane, { tile, drawn }));
  }
  return { drawn, natural: joinRuns(natural) };
}

/**
 * A large tile of a desktop has more colours than each of its parts: only what stays manifold in the small is a photograph.
 * Where most cells are, so are the others: smooth sky, and not worth cutting a photograph to pieces.
 */
function sortCells(kernel: PixelKernel, plane: Plane, { tile, drawn }: { tile: Rect; drawn: CodedRect[] }): Rect[] {
  const cells = splitCells(tile).map((cell) => ({ cell, coded: encodeDrawn(kernel, plane, cell) }));
  const natural = cells.flatMap(({ cell, coded }) => (coded ? [] : [cell]));
  if (natural.length * 2 >= cells.length) return [tile];
  drawn.push(...cells.flatMap(({ coded }) => coded ?? []));
  return natural;
}
