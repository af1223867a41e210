import { seeded } from '../../../tests/support/x11/random.ts';
import { paintWorld, type World } from './world.ts';

/** A film that goes round without a cut after its last frame. */
export interface Clip {
  width: number;
  height: number;
  frames: number;
}

/** Standard deviation of the grain, in steps of brightness: libx264 (ultrafast, crf 23) makes 1 MB/s of 1280x720 at 30 fps. */
const GRAIN = 4;
/** How far the camera goes to each side, in pixels. */
const SWAY = 80;
const GRAIN_MASK = 0xffff;
const BALLS = [
  { radius: 62, colour: [214, 66, 52], turns: 1, phase: 0 },
  { radius: 40, colour: [246, 196, 66], turns: 2, phase: 2 },
  { radius: 88, colour: [58, 92, 190], turns: 1, phase: 4 },
] as const;

/**
 * Frames of a clip, one after the other, as rows of B, G, R, X bytes; each is overwritten by the next. A camera moves over
 * a landscape, balls roll through, every frame has a grain of its own: it codes as real film does. Always the same.
 */
export function* renderClip({ width, height, frames }: Clip): Generator<Uint8Array> {
  const world = paintWorld();
  const grain = paintGrain();
  const pixels = new Uint8Array(width * height * 4);
  for (let frame = 0; frame < frames; frame += 1) {
    const angle = (frame / frames) * 2 * Math.PI;
    const left = (world.width - width - 1) / 2 + SWAY * Math.sin(angle);
    const top = (world.height - height - 1) / 2 + SWAY * 0.6 * Math.sin(angle + 1);
    look(world, { left, top, width, height, pixels });
    for (const ball of BALLS) roll(pixels, { width, height, angle, ball });
    addGrain(pixels, { width, height, grain, frame });
    yield pixels;
  }
}

interface Shot {
  left: number;
  top: number;
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** What the camera sees, between the world's pixels by bilinear weights (of 256). */
function look({ rgb, width: across }: World, { left, top, width, height, pixels }: Shot): void {
  const right = Math.round((left % 1) * 256);
  const down = Math.round((top % 1) * 256);
  const weights = [(256 - right) * (256 - down), right * (256 - down), (256 - right) * down, right * down] as const;
  const [one, two, three, four] = weights;
  const below = across * 3;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    let from = ((Math.floor(top) + y) * across + Math.floor(left)) * 3;
    for (let x = 0; x < width; x += 1) {
      for (let part = 2; part >= 0; part -= 1) {
        const at = from + part;
        const upper = (rgb[at] ?? 0) * one + (rgb[at + 3] ?? 0) * two;
        const lower = (rgb[at + below] ?? 0) * three + (rgb[at + below + 3] ?? 0) * four;
        pixels[to] = (upper + lower) >> 16;
        to += 1;
      }
      to += 1;
      from += 3;
    }
  }
}

interface Roll {
  width: number;
  height: number;
  angle: number;
  ball: (typeof BALLS)[number];
}

/** A shaded ball on its round. */
function roll(pixels: Uint8Array, { width, height, angle, ball }: Roll): void {
  const { radius, colour, turns, phase } = ball;
  const centreX = Math.round(width * (0.5 + 0.38 * Math.sin(angle * turns + phase)));
  const centreY = Math.round(height * (0.58 + 0.24 * Math.cos(angle + phase)));
  for (let y = Math.max(0, centreY - radius); y < Math.min(height, centreY + radius); y += 1) {
    for (let x = Math.max(0, centreX - radius); x < Math.min(width, centreX + radius); x += 1) {
      const [across, along] = [(x - centreX) / radius, (y - centreY) / radius];
      const rest = 1 - across * across - along * along;
      if (rest <= 0) continue;
      const light = 0.35 + 0.75 * Math.max(0, Math.sqrt(rest) * 0.7 - across * 0.4 - along * 0.5);
      const at = (y * width + x) * 4;
      for (const [part, value] of colour.entries()) pixels[at + 2 - part] = Math.min(255, value * light);
    }
  }
}

interface Film {
  width: number;
  height: number;
  grain: Int8Array;
  frame: number;
}

/** The same step on all three colours: grain is one of brightness. */
function addGrain(pixels: Uint8Array, { width, height, grain, frame }: Film): void {
  const random = seeded(1000 + frame);
  for (let y = 0; y < height; y += 1) {
    let from = Math.floor(random() * GRAIN_MASK);
    const end = (y + 1) * width * 4;
    for (let at = y * width * 4; at < end; at += 4) {
      const step = grain[from & GRAIN_MASK] ?? 0;
      from += 1;
      pixels[at] = clamp((pixels[at] ?? 0) + step);
      pixels[at + 1] = clamp((pixels[at + 1] ?? 0) + step);
      pixels[at + 2] = clamp((pixels[at + 2] ?? 0) + step);
    }
  }
}

/** Normally distributed steps. */
function paintGrain(): Int8Array {
  const random = seeded(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Int8Array.from({ length: GRAIN_MASK + 1 }, () => Math.max(-120, Math.min(120, Math.round(GRAIN * normal()))));
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, value));
}
