import { findCycles } from './cycles.ts';
import type { Module } from './modules.ts';
import { DETECT, isBackendChoice, isComposition, isShared, placeOf, RINGS } from './rings.ts';

/** Programs that meet only through the protocol. */
const PROGRAMS = new Set(['hub', 'agent', 'portal']);
/** What only Node or only browsers have; the protocol runs in both and in workers. */
const PLATFORM_NAMES =
  /(?<![.\w])(process|Buffer|require|window|document|navigator|localStorage|fetch|WebSocket|Worker|setTimeout|setInterval)\s*[.(]/;

/** Each rule returns its breaches as sentences; none means that it holds. */
export const RULES = {
  'imports point to the own ring or below': (modules: Module[]) =>
    eachImport(modules, ({ path }, target) => {
      const [from, to] = [placeOf(path), placeOf(target)];
      if (from.package !== to.package || isBackendChoice(path, target)) return undefined;
      const outward = RINGS.indexOf(to.ring) > RINGS.indexOf(from.ring);
      return outward ? `${path} (${from.ring}) imports ${target} (${to.ring})` : undefined;
    }),

  'hub, agent and portal never import each other, and protocol imports none of them': (modules: Module[]) =>
    eachImport(modules, ({ path }, target) => {
      const [from, to] = [placeOf(path).package, placeOf(target).package];
      if (from === to || to === 'protocol' || from === 'cli') return undefined;
      if (to === 'pixels' && PROGRAMS.has(from)) return undefined;
      return PROGRAMS.has(to) || PROGRAMS.has(from) || isShared(from) ? `${path} imports ${target}` : undefined;
    }),

  'a feature never imports another feature': (modules: Module[]) =>
    eachImport(modules, ({ path }, target) => {
      const [from, to] = [placeOf(path), placeOf(target)];
      if (!from.feature || !to.feature || from.package !== to.package || from.feature === to.feature) return undefined;
      return `${path} imports ${target}`;
    }),

  'only composition files know several features': (modules: Module[]) =>
    modules.flatMap(({ path, imports }) => {
      if (isComposition(path) || placeOf(path).feature || placeOf(path).package === 'protocol') return [];
      const features = new Set(imports.flatMap((target) => placeOf(target.path).feature ?? []));
      return features.size > 1 ? [`${path} imports the features ${[...features].sort().join(', ')}`] : [];
    }),

  'the platform is read in platform/detect.ts alone': (modules: Module[]) =>
    modules.flatMap(({ path, bare }) =>
      path !== DETECT &&
      /\bprocess\s*\.\s*platform\b|\bos\s*\.\s*platform\s*\(|\bimport\s*\{[^}]*\bplatform\b/.test(bare)
        ? [`${path} reads the platform`]
        : [],
    ),

  'the protocol knows neither Node nor the DOM': (modules: Module[]) =>
    modules
      .filter(({ path }) => placeOf(path).package === 'protocol')
      .flatMap(({ path, packages, bare }) => [
        ...packages.filter((name) => name !== 'zod').map((name) => `${path} imports ${name}`),
        ...(PLATFORM_NAMES.exec(bare) ?? []).slice(1).map((name) => `${path} uses ${name}`),
      ]),

  'there are no import cycles': (modules: Module[]) =>
    findCycles(modules.map(({ path, imports }) => ({ path, imports: valuesOf(imports) }))).map(
      (cycle) => `cycle: ${cycle.join(' → ')}`,
    ),
} as const;

/** Features without a room in hub, agent or portal, given the paths of all modules. */
export function missingRooms(features: readonly string[], paths: readonly string[]): string[] {
  return features.flatMap((feature) =>
    [...PROGRAMS]
      .map((program) => `packages/${program}/src/features/${feature}/`)
      .filter((room) => !paths.some((path) => path.startsWith(room))),
  );
}

function eachImport(modules: Module[], judge: (module: Module, target: string) => string | undefined): string[] {
  return modules.flatMap((module) => module.imports.flatMap(({ path }) => judge(module, path) ?? []));
}

function valuesOf(imports: Module['imports']): string[] {
  return imports.filter(({ typeOnly }) => !typeOnly).map(({ path }) => path);
}
