import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PANEL_KINDS, panelId, panelUrl, readPanelId, readPanelUrl } from './panels.ts';

const DEVICE = 'a'.repeat(26);

test('each panel has an address and a name of its own, which lead back to it', () => {
  for (const kind of PANEL_KINDS) {
    assert.deepEqual(readPanelUrl(panelUrl({ device: DEVICE, kind })), { device: DEVICE, kind });
    assert.deepEqual(readPanelId(panelId({ device: DEVICE, kind })), { device: DEVICE, kind });
  }
});

test('what follows the kind is the panel’s own; what is no kind is the screen', () => {
  assert.deepEqual(readPanelUrl(`/devices/${DEVICE}/files/etc/%2e%2e`), { device: DEVICE, kind: 'files' });
  assert.deepEqual(readPanelUrl(`/devices/${DEVICE}/weather`), { device: DEVICE, kind: 'screen' });
});

test('other pages and nonsense are no panels', () => {
  for (const path of ['/', '/run', '/devices', '/devices/', '/devices/%ff/files'])
    assert.equal(readPanelUrl(path), undefined, path);
  for (const id of ['', 'screen', ':x', 'weather:x', 'screen:']) assert.equal(readPanelId(id), undefined, id);
});
