import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromDock, toDock } from './dockForm.ts';
import type { PanelRef } from './panels.ts';
import { flatLayout, type WorkspaceLayout } from './workspaceLayout.ts';

const HOME = 'a'.repeat(26);
const panel = (kind: PanelRef['kind']): PanelRef => ({ device: HOME, kind });
const title = ({ kind }: PanelRef) => kind;

const LAYOUT: WorkspaceLayout = {
  direction: 'column',
  root: {
    kind: 'branch',
    share: 1,
    nodes: [
      { kind: 'place', share: 0.25, panels: [panel('screen'), panel('notes')], shown: 1 },
      {
        kind: 'branch',
        share: 0.75,
        nodes: [
          { kind: 'place', share: 0.5, panels: [panel('files')], shown: 0 },
          { kind: 'place', share: 0.5, panels: [panel('terminal')], shown: 0 },
        ],
      },
    ],
  },
  floating: [
    { kind: 'place', share: 1, panels: [panel('health')], shown: 0, box: { left: 8, top: 9, width: 300, height: 200 } },
  ],
  front: panel('files'),
};

test('a layout survives the form of the dock', () => {
  assert.deepEqual(fromDock(toDock(LAYOUT, title), LAYOUT.front), LAYOUT);
});

test('the dock is told every panel once, with its title, and which place has the one in front', () => {
  const dock = toDock(LAYOUT, title);
  assert.deepEqual(
    Object.keys(dock.panels).sort(),
    ['files', 'health', 'notes', 'screen', 'terminal'].map((kind) => `${kind}:${HOME}`),
  );
  assert.equal(dock.panels[`files:${HOME}`]?.title, 'files');
  assert.equal(dock.activeGroup, `place:files:${HOME}`);
});

test('a single place is no less a layout', () => {
  const flat = flatLayout(LAYOUT);
  assert.deepEqual(fromDock(toDock(flat, title), flat.front), flat);
});
