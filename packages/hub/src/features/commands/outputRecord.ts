import { MAX_RUN_OUTPUT } from '@porthole/protocol';
import { type OutputPiece, type OutputStream, pieceFrom } from './outputPiece.ts';
import { utf8Cut } from './utf8Cut.ts';

/** The beginning and the end are kept, of each as much. */
const HALF = MAX_RUN_OUTPUT / 2;
const PIECE = 32 * 1024;
/** In bytes of UTF-8. */
const LONGEST_CHARACTER = 4;
/** What comes within so long, in ms, makes one piece. */
const SAME_MS = 250;

/**
 * What one command writes while it runs: the first half megabyte, which is taken out as it is stored, and the last, which
 * stays here until the command has ended. At most a megabyte is held.
 */
export class OutputRecord {
  /** Bytes so far. */
  #total = 0;
  /** Of the beginning, what is not stored yet; then the end. */
  readonly #head: GrowingPiece[] = [];
  readonly #tail: GrowingPiece[] = [];
  #tailBytes = 0;
  #hasEnded = false;
  readonly #cut: Record<OutputStream, Uint8Array> = { stdout: new Uint8Array(0), stderr: new Uint8Array(0) };

  get total(): number {
    return this.#total;
  }

  /** A character that is cut in two waits for its other part. */
  append(stream: OutputStream, bytes: Uint8Array, at: number): void {
    const joined = this.#cut[stream].byteLength > 0 ? Buffer.concat([this.#cut[stream], bytes]) : bytes;
    const whole = utf8Cut(joined);
    this.#cut[stream] = Uint8Array.from(joined.subarray(whole));
    this.#add(stream, joined.subarray(0, whole), at);
  }

  /** Nothing more will come: the end may be stored as well. */
  end(at: number): void {
    if (this.#hasEnded) return;
    for (const stream of ['stdout', 'stderr'] as const) this.#add(stream, this.#cut[stream], at);
    this.#hasEnded = true;
  }

  /** Pieces to store next, about `limit` bytes; call `stored` with their number when they are. Empty: there is nothing now. */
  unstored(limit = PIECE * 8): OutputPiece[] {
    const pieces: OutputPiece[] = [];
    let bytes = 0;
    for (const piece of this.#hasEnded ? [...this.#head, ...this.#tail] : this.#head) {
      if (bytes >= limit) break;
      piece.seal();
      pieces.push(piece.shown);
      bytes += piece.size;
    }
    return pieces;
  }

  stored(count: number): void {
    const ofHead = Math.min(count, this.#head.length);
    this.#head.splice(0, ofHead);
    const gone = this.#tail.splice(0, count - ofHead);
    for (const { size } of gone) this.#tailBytes -= size;
  }

  /** The first piece held here that ends behind `offset`, cut so that it begins there or later. Valid until the next change. */
  next(offset: number): OutputPiece | undefined {
    const held = this.#head.find((piece) => piece.end > offset) ?? this.#tail.find((piece) => piece.end > offset);
    return held && pieceFrom(held.shown, offset);
  }

  #add(stream: OutputStream, bytes: Uint8Array, at: number): void {
    for (let from = 0; from < bytes.byteLength; ) {
      const toHead = HALF - this.#total;
      const inHead = toHead >= LONGEST_CHARACTER;
      const piece = this.#pieceIn(inHead ? this.#head : this.#tail, stream, at);
      const part = bytes.subarray(from, from + (inHead ? Math.min(piece.room, toHead) : piece.room));
      // Characters stay whole where pieces meet, too.
      const taken = from + part.byteLength < bytes.byteLength ? utf8Cut(part) : part.byteLength;
      piece.append(part.subarray(0, taken));
      from += taken;
      this.#total += taken;
      if (!inHead) this.#tailBytes += taken;
    }
    while (this.#tailBytes > HALF) this.#tailBytes -= this.#tail.shift()?.size ?? this.#tailBytes;
  }

  #pieceIn(pieces: GrowingPiece[], stream: OutputStream, at: number): GrowingPiece {
    const last = pieces.at(-1);
    if (last?.takes(stream, at)) return last;
    const piece = new GrowingPiece(this.#total, stream, at);
    pieces.push(piece);
    return piece;
  }
}

/** A piece that what follows is added to, until it is full, handed out, or old. */
class GrowingPiece {
  readonly #offset: number;
  readonly #stream: OutputStream;
  readonly #at: number;
  #buffer = new Uint8Array(256);
  #isSealed = false;
  size = 0;

  constructor(offset: number, stream: OutputStream, at: number) {
    this.#offset = offset;
    this.#stream = stream;
    this.#at = at;
  }

  get room(): number {
    return PIECE - this.size;
  }

  get end(): number {
    return this.#offset + this.size;
  }

  get shown(): OutputPiece {
    return { offset: this.#offset, at: this.#at, stream: this.#stream, bytes: this.#buffer.subarray(0, this.size) };
  }

  takes(stream: OutputStream, at: number): boolean {
    return !this.#isSealed && this.room >= LONGEST_CHARACTER && stream === this.#stream && at - this.#at < SAME_MS;
  }

  seal(): void {
    this.#isSealed = true;
  }

  /** Copies them; the caller looked for room. */
  append(bytes: Uint8Array): void {
    const wanted = this.size + bytes.byteLength;
    if (wanted > this.#buffer.byteLength) {
      const larger = new Uint8Array(Math.min(PIECE, Math.max(wanted, this.#buffer.byteLength * 2)));
      larger.set(this.#buffer.subarray(0, this.size));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.size);
    this.size = wanted;
  }
}
