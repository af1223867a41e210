/** From the innermost ring outwards; a module imports its own ring or one further in. */
export const RINGS = ['protocol', 'base', 'platform', 'features', 'layout', 'main'] as const;
export type Ring = (typeof RINGS)[number];

/** The one file that reads the platform, and chooses each feature's backend by it. */
export const DETECT = 'packages/agent/src/platform/detect.ts';

/** Files that put a program together: the only ones that know all features. */
const COMPOSITION = [
  /^packages\/hub\/src\/(?:app|connectDevices)\.ts$/,
  /^packages\/agent\/src\/agent\.ts$/,
  /^packages\/portal\/src\/(?:main\.tsx|layout\/.*)$/,
];

/** Packages that every program may import: what they say to each other, and what they do to pixels. */
export const SHARED = ['protocol', 'pixels'] as const;

/** The command line, and what tests start a whole program with. */
const OUTER_ROOMS = new Set(['commands', 'testing']);

/** Where a source file stands: its package, its ring, and the feature whose room it is in. */
export interface Place {
  package: string;
  ring: Ring;
  feature?: string;
}

/** The place of `packages/<package>/src/<room>/…`. */
export function placeOf(path: string): Place {
  const [, name = '', , room = '', feature = ''] = path.split('/');
  if (isShared(name)) return { package: name, ring: 'protocol' };
  if (room === 'features') return { package: name, ring: 'features', feature };
  return { package: name, ring: ringOf(room) };
}

/** Whether every program may import this package. */
export function isShared(name: string): boolean {
  return SHARED.some((shared) => shared === name);
}

/** Files of a program's top folder are `main`, and so are the rooms that drive whole programs. Any other is a room of its own between `base` and `features`, such as the hub's `devices`. */
function ringOf(room: string): Ring {
  if (room.includes('.') || OUTER_ROOMS.has(room)) return 'main';
  return RINGS.find((ring) => ring === room) ?? 'platform';
}

export function isComposition(path: string): boolean {
  return path === DETECT || COMPOSITION.some((pattern) => pattern.test(path));
}

/** `detect.ts` looks outwards to the backends, and to nothing else. */
export function isBackendChoice(from: string, to: string): boolean {
  return from === DETECT && /^packages\/agent\/src\/features\/[^/]+\/backends?[./]/.test(to);
}
