import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FEATURE_NAMES } from '@porthole/protocol';
import { ROOT } from '../../scripts/lib/install.mjs';
import { readSources, type Sources, toModules } from './modules.ts';
import { missingRooms, RULES } from './rules.ts';

const modules = toModules(readSources(ROOT));

for (const [name, rule] of Object.entries(RULES)) {
  test(name, () => assert.deepEqual(rule(modules), []));
}

test('every feature of the protocol has a room in hub, agent and portal', () => {
  const paths = modules.map(({ path }) => path);
  assert.deepEqual(missingRooms(FEATURE_NAMES, paths), []);
});

/** For each rule, sources that break it and the breach that must be reported. */
const FIXTURES: Record<keyof typeof RULES, { sources: Sources; breach: string }> = {
  'imports point to the own ring or below': {
    sources: { 'packages/hub/src/base/relay.ts': "import { open } from '../features/screen/screen.ts';" },
    breach: 'packages/hub/src/base/relay.ts (base) imports packages/hub/src/features/screen/screen.ts (features)',
  },
  'hub, agent and portal never import each other, and protocol imports none of them': {
    sources: { 'packages/portal/src/main.tsx': "const hub = await import('@porthole/hub/main');" },
    breach: 'packages/portal/src/main.tsx imports packages/hub/src/main.ts',
  },
  'a feature never imports another feature': {
    sources: { 'packages/agent/src/features/input/input.ts': "export type { Tile } from '../screen/tile.ts';" },
    breach: 'packages/agent/src/features/input/input.ts imports packages/agent/src/features/screen/tile.ts',
  },
  'only composition files know several features': {
    sources: {
      'packages/hub/src/main.ts':
        "import './features/stats/stats.ts';\nimport { a } from './features/screen/screen.ts';",
    },
    breach: 'packages/hub/src/main.ts imports the features screen, stats',
  },
  'the platform is read in platform/detect.ts alone': {
    sources: { 'packages/agent/src/base/paths.ts': "export const windows = process.platform === 'win32';" },
    breach: 'packages/agent/src/base/paths.ts reads the platform',
  },
  'the protocol knows neither Node nor the DOM': {
    sources: { 'packages/protocol/src/token.ts': "import { randomBytes } from 'node:crypto';" },
    breach: 'packages/protocol/src/token.ts imports node:crypto',
  },
  'there are no import cycles': {
    sources: {
      'packages/hub/src/base/a.ts': "import { b } from './b.ts';",
      'packages/hub/src/base/b.ts': "import { a } from './a.ts';",
    },
    breach: 'cycle: packages/hub/src/base/a.ts → packages/hub/src/base/b.ts → packages/hub/src/base/a.ts',
  },
};

for (const [name, rule] of Object.entries(RULES)) {
  const { sources, breach } = FIXTURES[name as keyof typeof RULES];
  test(`bites: ${name}`, () => assert.deepEqual(rule(toModules(sources)), [breach]));
}

test('bites: a name that only Node has, in the protocol', () => {
  const sources = { 'packages/protocol/src/token.ts': 'export const bytes = Buffer.alloc(1); // Buffer' };
  const breaches = RULES['the protocol knows neither Node nor the DOM'](toModules(sources));
  assert.deepEqual(breaches, ['packages/protocol/src/token.ts uses Buffer']);
});

test('bites: a shared package that imports a program, and a protocol that knows of pixels', () => {
  const rule = RULES['hub, agent and portal never import each other, and protocol imports none of them'];
  const kernel = { 'packages/pixels/src/kernel.ts': "import { main } from '@porthole/agent/main';" };
  assert.deepEqual(rule(toModules(kernel)), ['packages/pixels/src/kernel.ts imports packages/agent/src/main.ts']);
  const protocol = { 'packages/protocol/src/a.ts': "import { PixelKernel } from '@porthole/pixels';" };
  assert.deepEqual(rule(toModules(protocol)), ['packages/protocol/src/a.ts imports packages/pixels/src/index.ts']);
  const agent = { 'packages/agent/src/a.ts': "import { PixelKernel } from '@porthole/pixels';" };
  assert.deepEqual(rule(toModules(agent)), []);
});

test('bites: a feature without a room', () => {
  const paths = ['packages/hub/src/features/screen/a.ts', 'packages/agent/src/features/screen/b.ts'];
  assert.deepEqual(missingRooms(['screen'], paths), ['packages/portal/src/features/screen/']);
});

test('commented-out imports and imports in texts do not count', () => {
  const text = `// import '../features/x/x.ts';\n/* import('../features/x/x.ts') */\nconst url = 'https://a'; // from 'b'`;
  assert.deepEqual(toModules({ 'packages/hub/src/base/a.ts': text })[0]?.imports, []);
});
