import { seeded } from '../../../tests/support/x11/random.ts';

/** What the camera of the film looks at: three bytes R G B for each pixel. */
export interface World {
  width: number;
  height: number;
  rgb: Uint8Array;
}

const OCTAVES = [256, 128, 64, 32, 16, 8, 4];

/** A landscape with soft sky, textured hills and a town with lit windows; the same every time. */
export function paintWorld(width = 2112, height = 1248): World {
  const rgb = new Uint8Array(width * height * 3);
  const noise = fractalNoise(width, height);
  const skyline = Array.from(
    { length: width },
    (_, x) => height * (0.42 + 0.09 * Math.sin(x / 190) + 0.03 * Math.sin(x / 47)),
  );
  const roofs = paintRoofs(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const grain = noise[y * width + x] ?? 0;
      const [r, g, b] = colourAt({ x, y, height, skyline: skyline[x] ?? 0, roof: roofs[x] ?? height, grain });
      const at = (y * width + x) * 3;
      rgb[at] = clamp(r);
      rgb[at + 1] = clamp(g);
      rgb[at + 2] = clamp(b);
    }
  }
  return { width, height, rgb };
}

interface Spot {
  x: number;
  y: number;
  height: number;
  skyline: number;
  roof: number;
  /** -1 to 1. */
  grain: number;
}

function colourAt({ x, y, height, skyline, roof, grain }: Spot): [red: number, green: number, blue: number] {
  const depth = y / height;
  if (y > roof) {
    const window = x % 18 > 5 && x % 18 < 13 && y % 26 > 8 && y % 26 < 20;
    const lit = window && ((x / 18) | 0) * 7 + ((y / 26) | 0) * 13;
    if (lit !== false && lit % 5 < 2) return [232 + grain * 10, 205 + grain * 14, 130];
    const wall = 62 + grain * 34 + (((x / 90) | 0) % 3) * 9;
    return window ? [28, 34, 46] : [wall + 8, wall, wall - 6];
  }
  if (y > skyline) {
    const light = 1.15 - 0.5 * depth + grain * 0.55;
    return [84 * light, 112 * light + 8, 58 * light];
  }
  const cloud = Math.max(0, grain) * 90 * (1 - depth);
  return [92 + depth * 200 + cloud, 134 + depth * 130 + cloud, 205 + depth * 20 + cloud * 0.4];
}

/** Where each column of the town begins; the world's height where there is no house. */
function paintRoofs(width: number, height: number): number[] {
  const random = seeded(7);
  const roofs: number[] = [];
  while (roofs.length < width) {
    const roof = random() < 0.3 ? height : height * (0.62 + 0.25 * random());
    const wide = 60 + random() * 120;
    for (let count = 0; count < wide; count += 1) roofs.push(roof);
  }
  return roofs;
}

/** Noise of several scales, about -1 to 1. */
function fractalNoise(width: number, height: number): Float32Array {
  const sum = new Float32Array(width * height);
  for (const [octave, cell] of OCTAVES.entries())
    addNoise(sum, { width, height, cell, weight: 0.62 / 1.45 ** octave, seed: 11 + octave });
  return sum;
}

interface Layer {
  width: number;
  height: number;
  cell: number;
  weight: number;
  seed: number;
}

function addNoise(sum: Float32Array, { width, height, cell, weight, seed }: Layer): void {
  const random = seeded(seed);
  const columns = Math.ceil(width / cell) + 2;
  const lattice = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => random() * 2 - 1);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell);
    const down = ease(y / cell - row);
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / cell);
      const right = ease(x / cell - column);
      const at = row * columns + column;
      const top = mix(lattice[at] ?? 0, lattice[at + 1] ?? 0, right);
      const bottom = mix(lattice[at + columns] ?? 0, lattice[at + columns + 1] ?? 0, right);
      sum[y * width + x] = (sum[y * width + x] ?? 0) + weight * mix(top, bottom, down);
    }
  }
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, value));
}
