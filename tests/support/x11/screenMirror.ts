import type { CursorShape } from '@porthole/protocol';
import type { OpenScreen, ScreenSource } from '../../../packages/agent/src/features/screen/backend.ts';

/** Follows a screen as a viewer's picture would: every damaged rectangle is grabbed and put in place. */
export interface ScreenMirror {
  readonly source: ScreenSource;
  /** B, G, R, X bytes of what is known of the display. */
  readonly picture: Uint8Array;
  readonly cursors: CursorShape[];
  readonly pointers: [number, number][];
  readonly lost: string[];
  geometries: number;
  damages: number;
  /** Resolves when nothing was reported for `ms`, and every reported rectangle is in place. */
  quiet(ms?: number): Promise<void>;
  close(): void;
}

/** Opens `display` with `open` and starts to follow it. */
export async function mirrorScreen(open: OpenScreen, display: string): Promise<ScreenMirror> {
  const known: { source?: ScreenSource; picture: Uint8Array; busy: Promise<void>; last: number } = {
    picture: new Uint8Array(0),
    busy: Promise.resolve(),
    last: performance.now(),
  };
  const mirror = { cursors: [] as CursorShape[], pointers: [] as [number, number][], lost: [] as string[] };
  const counts = { geometries: 0, damages: 0 };
  const reset = (source: ScreenSource): void => {
    known.picture = new Uint8Array(source.width * source.height * 4);
  };
  const follow = async (source: ScreenSource): Promise<void> => {
    for (const rect of source.collect()) {
      const { width, picture } = { width: source.width, picture: known.picture };
      // A display that shrank between report and grab refuses; geometry reports all of it again.
      const pixels = await source.grab(rect).catch(() => undefined);
      if (!pixels || picture !== known.picture) return;
      for (let row = 0; row < pixels.height; row++) {
        const line = pixels.data.subarray(row * pixels.stride, row * pixels.stride + pixels.width * 4);
        picture.set(line, ((rect.y + row) * width + rect.x) * 4);
      }
    }
  };
  const source = await open(display, {
    damage: () => {
      counts.damages++;
      known.last = performance.now();
      const { source: from } = known;
      if (from) known.busy = known.busy.then(() => follow(from));
    },
    geometry: () => {
      counts.geometries++;
      if (known.source) reset(known.source);
    },
    cursor: (shape) => mirror.cursors.push(shape),
    pointer: (x, y) => mirror.pointers.push([x, y]),
    lost: (reason) => mirror.lost.push(reason),
  });
  known.source = source;
  reset(source);
  return {
    ...mirror,
    source,
    get picture() {
      return known.picture;
    },
    get geometries() {
      return counts.geometries;
    },
    get damages() {
      return counts.damages;
    },
    async quiet(ms = 100) {
      // Opening may have taken longer than that, and nothing been said yet.
      const asked = performance.now();
      while (performance.now() - Math.max(known.last, asked) < ms)
        await new Promise((resolve) => setTimeout(resolve, ms / 4));
      await known.busy;
    },
    close: () => source.close(),
  };
}

/** Index of the first pixel whose colour differs, or -1; the unused fourth byte does not count. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return 0;
  for (let pixel = 0; pixel < a.length; pixel += 4) {
    if (a[pixel] !== b[pixel] || a[pixel + 1] !== b[pixel + 1] || a[pixel + 2] !== b[pixel + 2]) return pixel / 4;
  }
  return -1;
}
