import type { Rect } from '@porthole/protocol';
import { type PixelExports, PlaneNumber } from './exports.ts';

/** Pixels that stood at `from` and stand at `to` now, in coordinates of the display. */
export interface Move {
  from: { x: number; y: number };
  to: Rect;
}

/** A move, and how many changed cells it explains. */
export interface Finding extends Move {
  gain: number;
}

interface Place {
  x: number;
  y: number;
}

const MIN_VOTES = 4;
const MIN_PATCHES = 6;
const MAX_NATURALNESS = 0.6;
/** Of the lines that changed, so many may vote for something else than the shift that is looked at. */
const MAX_DISSENT = 64;
/** How many times fewer votes than the first a further shift may have. */
const MAX_LEAD = 8;
const MAX_SHIFTS = 3;
const MAX_RECTANGLES = 4;
/** Cells of 32x1 pixels that a copy must explain to be worth its while. */
const MIN_GAIN = 16;

/**
 * Finds what moved within the staged rectangle, which is the part as well: along y, else along x, else along both. `readRect`
 * reads what the module wrote. The moves explain at least a quarter of what changed, or there are none. They may be applied
 * one after another: none reads what an earlier one wrote.
 */
export function findMoves(module: PixelExports, readRect: () => Rect): Move[] {
  const search = new MoveSearch(module, readRect);
  return search.along('y') ?? search.along('x') ?? search.alongBoth() ?? [];
}

class MoveSearch {
  readonly #module: PixelExports;
  readonly #readRect: () => Rect;

  constructor(module: PixelExports, readRect: () => Rect) {
    this.#module = module;
    this.#readRect = readRect;
  }

  along(axis: 'x' | 'y'): Move[] | undefined {
    const voters = this.#module.countVotes(axis === 'y' ? 1 : 0);
    let least = Math.max(MIN_VOTES, Math.ceil(voters / MAX_DISSENT));
    const shifts: Place[] = [];
    while (shifts.length < MAX_SHIFTS) {
      const shift = this.#module.takeShift(least);
      if (shift === 0) break;
      shifts.push(axis === 'y' ? { x: 0, y: shift } : { x: shift, y: 0 });
      least = Math.max(least, Math.ceil(this.#module.votesTaken() / MAX_LEAD));
    }
    return this.#explainBy(shifts);
  }

  /** Not in film, where it costs most and hardly ever finds anything. */
  alongBoth(): Move[] | undefined {
    if (this.#module.naturalnessOfPart(PlaneNumber.staged) > MAX_NATURALNESS) return undefined;
    this.#module.countPatches();
    if (this.#module.takePatchShift(MIN_PATCHES) === 0) return undefined;
    const { x, y } = this.#readRect();
    return this.#explainBy([{ x, y }]);
  }

  /** The moves by these shifts, unless they explain too little. */
  #explainBy(shifts: Place[]): Move[] | undefined {
    if (shifts.length === 0) return undefined;
    const changed = this.#module.beginMatches();
    const least = Math.max(MIN_GAIN, changed / 32);
    const findings: Finding[] = [];
    let open = changed;
    for (const shift of shifts) {
      if (open * 8 < changed) break;
      const found = this.#takeRectangles(shift, { least, open });
      open -= gainOf(found);
      findings.push(...found);
    }
    const moves = orderMoves(findings);
    return moves.length > 0 && gainOf(moves) * 4 >= changed ? moves.map(({ from, to }) => ({ from, to })) : undefined;
  }

  /** Rectangles that moved by one shift, the best first, each explaining at least `least` of the `open` cells. */
  #takeRectangles({ x, y }: Place, { least, open }: { least: number; open: number }): Finding[] {
    this.#module.matchShift(x, y);
    const found: Finding[] = [];
    while (found.length < MAX_RECTANGLES && open - gainOf(found) >= least) {
      const gain = this.#module.takeRectangle();
      if (gain < least) break;
      const to = this.#readRect();
      found.push({ from: { x: to.x - x, y: to.y - y }, to, gain });
    }
    return found;
  }
}

function gainOf(findings: Finding[]): number {
  return findings.reduce((sum, { gain }) => sum + gain, 0);
}

/** An order in which no move reads what an earlier one wrote; where moves hinder each other, the least is left out. */
export function orderMoves(findings: readonly Finding[]): Finding[] {
  const waiting = [...findings].sort((a, b) => b.gain - a.gain);
  const ordered: Finding[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((move) => waiting.every((other) => other === move || !writesInto(move, other)));
    if (free < 0) waiting.pop();
    else ordered.push(...waiting.splice(free, 1));
  }
  return ordered;
}

/** Whether `move` writes where `other` reads. */
function writesInto({ to }: Move, other: Move): boolean {
  const { from } = other;
  const { width, height } = other.to;
  const apartX = to.x >= from.x + width || from.x >= to.x + to.width;
  return !apartX && to.y < from.y + height && from.y < to.y + to.height;
}
