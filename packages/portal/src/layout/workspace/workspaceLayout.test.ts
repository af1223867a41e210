import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { PanelRef } from './panels.ts';
import { flatLayout, panelsOf, readLayout, soleLayout, type WorkspaceLayout, writeLayout } from './workspaceLayout.ts';

const HOME = 'a'.repeat(26);
const OTHER = 'b'.repeat(26);
const SCREEN: PanelRef = { device: HOME, kind: 'screen' };
const FILES: PanelRef = { device: HOME, kind: 'files' };
const ELSEWHERE: PanelRef = { device: OTHER, kind: 'terminal' };

const LAYOUT: WorkspaceLayout = {
  direction: 'row',
  root: {
    kind: 'branch',
    share: 1,
    nodes: [
      { kind: 'place', share: 0.75, panels: [SCREEN], shown: 0 },
      { kind: 'place', share: 0.25, panels: [ELSEWHERE], shown: 0 },
    ],
  },
  floating: [
    { kind: 'place', share: 1, panels: [FILES], shown: 0, box: { left: 10, top: 20, width: 400, height: 300 } },
  ],
  front: FILES,
};

const readers = (home: string, ...there: string[]) => ({ home, exists: (id: string) => there.includes(id) });

test('what was saved is read again as it was', () => {
  const read = readLayout(writeLayout(LAYOUT, HOME), readers(HOME, HOME, OTHER));
  assert.deepEqual(read, { layout: LAYOUT, lost: 0 });
});

test('the panels of the device it was saved for are those of the device it is opened for', () => {
  const read = readLayout(writeLayout(LAYOUT, HOME), readers(OTHER, OTHER));
  const panels = read.layout ? panelsOf(read.layout).map(({ device, kind }) => [device, kind]) : [];
  assert.deepEqual(panels, [
    [OTHER, 'screen'],
    [OTHER, 'terminal'],
    [OTHER, 'files'],
  ]);
});

test('panels of devices that are gone are left out and counted, and the others share the room', () => {
  const { layout, lost } = readLayout(writeLayout(LAYOUT, HOME), readers(HOME, HOME));
  assert.equal(lost, 1);
  assert.deepEqual(
    layout?.root.nodes.map(({ share }) => share),
    [1],
  );
});

test('panels that nobody knows, or that come twice, are left out and counted', () => {
  const text = JSON.stringify({
    version: 1,
    nodes: [
      { share: 1, panels: [{ kind: 'screen' }, { kind: 'screen' }, { kind: 'weather' }, null, 'files'], shown: 4 },
    ],
  });
  const { layout, lost } = readLayout(text, readers(HOME, HOME));
  assert.equal(lost, 4);
  assert.deepEqual(layout?.root.nodes, [{ kind: 'place', share: 1, panels: [SCREEN], shown: 0 }]);
});

test('what is no layout at all is none', () => {
  for (const text of ['', 'null', '[]', '{"nodes":{}}', '{"nodes":[{"panels":[]}]}', 'x'.repeat(1_000)]) {
    assert.equal(readLayout(text, readers(HOME, HOME)).layout, undefined, text.slice(0, 40));
  }
});

test('however deep somebody nested places, reading ends and opens what is not too deep', () => {
  const deep = 3_000;
  const nested = `${'{"nodes":['.repeat(deep)}{"panels":[{"kind":"files"}]}${']}'.repeat(deep)}`;
  const text = `{"nodes":[${nested},{"panels":[{"kind":"screen"}]}]}`;
  const { layout } = readLayout(text, readers(HOME, HOME));
  assert.deepEqual(layout && panelsOf(layout), [SCREEN]);
});

test('whatever a text says, what is read of it can be shown', async () => {
  const json = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.record(
      {
        share: fc.oneof(fc.double(), fc.string()),
        shown: fc.oneof(fc.integer(), fc.constant(null)),
        panels: fc.array(
          fc.record({
            kind: fc.constantFrom('screen', 'files', 'notes', 'x'),
            device: fc.constantFrom(HOME, OTHER, 3),
          }),
        ),
        nodes: fc.oneof({ maxDepth: 4 }, fc.constant(undefined), fc.array(tie('node'), { maxLength: 3 })),
      },
      { requiredKeys: [] },
    ),
  })).node;
  await fc.assert(
    fc.property(fc.array(json), fc.array(json), (nodes, floating) => {
      const { layout } = readLayout(JSON.stringify({ nodes, floating }), readers(HOME, HOME));
      if (!layout) return;
      const panels = panelsOf(layout);
      assert.ok(panels.length > 0 && panels.every(({ device }) => device === HOME));
      for (const place of [...layout.root.nodes, ...layout.floating]) {
        assert.ok(place.share > 0 && place.share <= 1);
        if (place.kind === 'place') assert.ok(place.panels[place.shown]);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('where there is room for one panel, all are in one place with the one in front shown', () => {
  const { root, floating } = flatLayout(LAYOUT);
  assert.deepEqual(
    [root.nodes, floating],
    [[{ kind: 'place', share: 1, panels: [SCREEN, ELSEWHERE, FILES], shown: 2 }], []],
  );
  assert.deepEqual(panelsOf(soleLayout(FILES)), [FILES]);
});
