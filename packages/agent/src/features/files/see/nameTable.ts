import { nameOfBytes, systemName } from '../fileNames.ts';
import { compareKeys, sortKey } from './naturalOrder.ts';

const CHUNK = 64 * 1024;
/** u8 rank, u8 bytes of the name, u16 bytes of the key; then the name, then the key where it is another, then a 0. */
const HEAD = 4;
/** The largest name there is, and a key for it. */
const MAX_ENTRY = HEAD + 255 * 4 + 1;
/** The number of the name that is looked for, which belongs to no entry. */
const PROBE = 0;

/**
 * The names of one folder, packed: 200,000 of them take some 30 bytes each, where strings would take four times as much. Each
 * has a number from 1 on, and a rank that counts before its name.
 */
export class NameTable {
  readonly #chunks: Buffer[] = [Buffer.alloc(MAX_ENTRY), Buffer.allocUnsafeSlow(CHUNK)];
  /** Chunk and place of each name. */
  readonly #places: number[] = [0];
  #used = 0;

  get size(): number {
    return this.#places.length - 1;
  }

  /** Adds a name as shown; answers its number. Names that are longer than any can be are left out: 0. */
  add(rank: number, name: string): number {
    const { bytes, key } = encode(name);
    if (bytes.byteLength > 255) return PROBE;
    if (this.#used + MAX_ENTRY > CHUNK) {
      this.#chunks.push(Buffer.allocUnsafeSlow(CHUNK));
      this.#used = 0;
    }
    const place = (this.#chunks.length - 1) * CHUNK + this.#used;
    this.#used += write(this.#chunkOf(place), this.#used, { rank, bytes, key });
    return this.#places.push(place) - 1;
  }

  /** A number for a name that is only looked for; good until the next one is. */
  probe(rank: number, name: string): number {
    const { bytes, key } = encode(name);
    write(this.#chunkOf(0), 0, { rank, bytes: bytes.subarray(0, 255), key: key.subarray(0, 255 * 3) });
    return PROBE;
  }

  /** The name as shown. */
  nameAt(number: number): string {
    const { chunk, name, nameEnd } = this.#at(number);
    return nameOfBytes(chunk.subarray(name, nameEnd));
  }

  rankAt(number: number): number {
    const { chunk, start } = this.#at(number);
    return chunk[start] ?? 0;
  }

  /** By rank, then as people count, then by bytes. */
  compare(a: number, b: number): number {
    const [x, y] = [this.#at(a), this.#at(b)];
    const ranks = (x.chunk[x.start] ?? 0) - (y.chunk[y.start] ?? 0);
    const order = ranks || compareKeys(x.chunk, x.key, y.chunk, y.key);
    return order || x.chunk.compare(y.chunk, y.name, y.nameEnd, x.name, x.nameEnd);
  }

  #at(number: number): Located {
    const place = this.#places[number] ?? 0;
    const chunk = this.#chunkOf(place);
    const start = place % CHUNK;
    const name = start + HEAD;
    const nameEnd = name + (chunk[start + 1] ?? 0);
    const keyLength = ((chunk[start + 2] ?? 0) << 8) | (chunk[start + 3] ?? 0);
    return { chunk, start, name, nameEnd, key: keyLength === 0 ? name : nameEnd };
  }

  #chunkOf(place: number): Buffer {
    const chunk = this.#chunks[Math.floor(place / CHUNK)];
    if (!chunk) throw new RangeError('no such name');
    return chunk;
  }
}

/** Names as people would order them; with `from` only those that do not come before it, which need not be one of them. */
export function namesInOrder(names: readonly string[], from?: string): string[] {
  const table = new NameTable();
  const numbers = names.map((name) => table.add(0, name)).filter((number) => number > 0);
  const first = from === undefined ? undefined : table.probe(0, from);
  const kept = first === undefined ? numbers : numbers.filter((number) => table.compare(number, first) >= 0);
  return kept.sort((a, b) => table.compare(a, b)).map((number) => table.nameAt(number));
}

interface Located {
  chunk: Buffer;
  start: number;
  name: number;
  nameEnd: number;
  key: number;
}

const BEYOND_ASCII = /[\x80-\uffff]/;
const NO_KEY = Buffer.alloc(0);

/** The bytes of a name, and its key when that is another. */
function encode(name: string): { bytes: Buffer; key: Buffer } {
  if (!BEYOND_ASCII.test(name)) return { bytes: Buffer.from(name, 'latin1'), key: NO_KEY };
  return { bytes: Buffer.from(systemName(name)), key: sortKey(name).subarray(0, 255 * 3) };
}

/** Answers how much room it took. */
function write(chunk: Buffer, at: number, { rank, bytes, key }: { rank: number; bytes: Buffer; key: Buffer }): number {
  chunk[at] = rank;
  chunk[at + 1] = bytes.byteLength;
  chunk.writeUInt16BE(key.byteLength, at + 2);
  chunk.set(bytes, at + HEAD);
  chunk.set(key, at + HEAD + bytes.byteLength);
  const end = HEAD + bytes.byteLength + key.byteLength;
  chunk[at + end] = 0;
  return end + 1;
}
