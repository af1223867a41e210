export type OutputStream = 'stdout' | 'stderr';

/** Some bytes that a command wrote; `offset` counts those of both streams that came before. */
export interface OutputPiece {
  offset: number;
  /** When the first of them came, in ms since 1970. */
  at: number;
  stream: OutputStream;
  bytes: Uint8Array;
}

/** What of the piece is behind `offset`. */
export function pieceFrom(piece: OutputPiece, offset: number): OutputPiece {
  const skipped = Math.max(0, offset - piece.offset);
  return { ...piece, offset: piece.offset + skipped, bytes: piece.bytes.subarray(skipped) };
}
