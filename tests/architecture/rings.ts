/** From the innermost ring outwards; a module imports its own ring or one further in. */
export const RINGS = ['protocol', 'base', 'platform', 'features', 'layout', 'main'] as const;
export type Ring = (typeof RINGS)[number];

/** Files that put a program together: the only ones that know all features. */
const COMPOSITION =
  /^packages\/(?:hub\/src\/app\.ts|agent\/src\/agent\.ts|portal\/src\/(?:App\.tsx|main\.tsx|layout\/.*))$/;

/** Where a source file stands: its package, its ring, and the feature whose room it is in. */
export interface Place {
  package: string;
  ring: Ring;
  feature?: string;
}

/** The place of `packages/<package>/src/<room>/…`. */
export function placeOf(path: string): Place {
  const [, name = '', , room = '', feature = ''] = path.split('/');
  if (name === 'protocol') return { package: name, ring: 'protocol' };
  if (room === 'features') return { package: name, ring: 'features', feature };
  return { package: name, ring: ringOf(room) };
}

/** Any other folder is a room of its own between `base` and `features`, such as the hub's `devices`; a file is `main`. */
function ringOf(room: string): Ring {
  return RINGS.find((ring) => ring === room) ?? (room.includes('.') ? 'main' : 'platform');
}

export function isComposition(path: string): boolean {
  return COMPOSITION.test(path);
}
