import type { Exchange, Piece } from '../exchange.ts';

/** Gathers small parts of content into whole pieces, since each message costs the same; `end()` sends the last one. */
export class Pieces {
  readonly #exchange: Exchange;
  #piece: Piece;
  #filled = 0;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#piece = exchange.newPiece();
  }

  /** Resolves once there is room for more; the bytes may be used again then. */
  async add(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; ) {
      const { room } = this.#piece;
      const part = bytes.subarray(at, at + room.byteLength - this.#filled);
      room.set(part, this.#filled);
      at += part.byteLength;
      this.#filled += part.byteLength;
      if (this.#filled === room.byteLength) await this.#send();
    }
  }

  async end(): Promise<void> {
    if (this.#filled > 0) await this.#send();
  }

  async #send(): Promise<void> {
    await this.#exchange.piece(this.#piece, this.#filled);
    this.#piece = this.#exchange.newPiece();
    this.#filled = 0;
  }
}
