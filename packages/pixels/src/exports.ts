import type { WasmMemory } from './wasm.ts';

/** A plane as the module numbers it. */
export const PlaneNumber = { staged: 0, shadow: 1 } as const;
export type PlaneNumber = (typeof PlaneNumber)[keyof typeof PlaneNumber];

/** What the module offers; addresses are bytes in its memory. */
export interface PixelExports {
  memory: WasmMemory;
  heapBase(): number;
  setShadow(at: number, width: number, height: number): void;
  setMemory(stagedAt: number, outputAt: number, workAt: number): void;
  setDeflate(at: number): void;
  setStaged(x: number, y: number, width: number, height: number): void;
  setPart(x: number, y: number, width: number, height: number): void;
  accept(): void;
  move(fromX: number, fromY: number): void;
  dirtyCells(): number;
  trimPart(): number;
  countVotes(vertical: number): number;
  takeShift(least: number): number;
  votesTaken(): number;
  countPatches(): void;
  takePatchShift(least: number): number;
  beginMatches(): number;
  matchShift(dx: number, dy: number): void;
  takeRectangle(): number;
  indexPart(plane: PlaneNumber): number;
  differencesOfPart(plane: PlaneNumber): void;
  naturalnessOfPart(plane: PlaneNumber): number;
  deflate(from: number, length: number, rowLength: number): number;
  shrinkPart(plane: PlaneNumber, factor: number): void;
}

/** What the module offers a receiver. `inflate` needs 1024 bytes to spare behind its input, 16 behind its output. */
export interface DecoderExports {
  memory: WasmMemory;
  heapBase(): number;
  inflate(from: number, length: number, to: number, size: number): number;
  paletteToWords(indices: number, count: number, colours: number, words: number): void;
  differencesToWords(deltas: number, width: number, height: number, words: number): void;
}
