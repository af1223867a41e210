const K = new Uint32Array(64);
const START = new Uint32Array(8);
fillConstants();

/** The fractional parts of the roots of the first primes, as the standard defines its constants. */
function fillConstants(): void {
  const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) >>> 0;
  for (let candidate = 2, found = 0; found < 64; candidate += 1) {
    if (!isPrime(candidate)) continue;
    K[found] = fraction(Math.cbrt(candidate));
    if (found < 8) START[found] = fraction(Math.sqrt(candidate));
    found += 1;
  }
}

function isPrime(candidate: number): boolean {
  for (let by = 2; by * by <= candidate; by += 1) if (candidate % by === 0) return false;
  return true;
}

/** SHA-256 of what comes in pieces: the browser's own wants all of it in memory at once. */
export class Sha256 {
  readonly #state = START.slice();
  readonly #words = new Uint32Array(64);
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.byteLength;
    for (let at = 0; at < bytes.byteLength; ) {
      const take = Math.min(64 - this.#filled, bytes.byteLength - at);
      this.#block.set(bytes.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === 64) this.#compress();
    }
  }

  /** The hash in hex. Nothing may be added after it. */
  digest(): string {
    const bits = this.#length * 8;
    this.#block[this.#filled++] = 0x80;
    if (this.#filled > 56) {
      this.#block.fill(0, this.#filled);
      this.#compress();
    }
    this.#block.fill(0, this.#filled, 56);
    this.#view.setUint32(56, Math.floor(bits / 2 ** 32));
    this.#view.setUint32(60, bits >>> 0);
    this.#compress();
    return Array.from(this.#state, (word) => word.toString(16).padStart(8, '0')).join('');
  }

  #compress(): void {
    const w = this.#words;
    for (let i = 0; i < 16; i += 1) w[i] = this.#view.getUint32(i * 4);
    for (let i = 16; i < 64; i += 1) w[i] = at(w, i - 16) + small0(at(w, i - 15)) + at(w, i - 7) + small1(at(w, i - 2));
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#state;
    for (let i = 0; i < 64; i += 1) {
      const t1 = (h + big1(e) + ((e & f) ^ (~e & g)) + at(K, i) + at(w, i)) | 0;
      const t2 = (big0(a) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const next = [a, b, c, d, e, f, g, h];
    for (let i = 0; i < 8; i += 1) this.#state[i] = at(this.#state, i) + (next[i] ?? 0);
    this.#filled = 0;
  }
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function turn(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function small0(x: number): number {
  return turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
}

function small1(x: number): number {
  return turn(x, 17) ^ turn(x, 19) ^ (x >>> 10);
}

function big0(x: number): number {
  return turn(x, 2) ^ turn(x, 13) ^ turn(x, 22);
}

function big1(x: number): number {
  return turn(x, 6) ^ turn(x, 11) ^ turn(x, 25);
}

/** Read at once while hashing a file. */
const PIECE = 4 * 1024 * 1024;

/** The hash of a file in hex, read piece by piece. Rejects when the file cannot be read any more. */
export async function hashFile(file: Blob, signal: AbortSignal): Promise<string> {
  const hash = new Sha256();
  for (let offset = 0; offset < file.size; offset += PIECE) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(offset, offset + PIECE).arrayBuffer()));
  }
  return hash.digest();
}
