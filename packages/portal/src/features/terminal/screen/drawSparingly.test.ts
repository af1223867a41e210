import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Terminal } from '@xterm/xterm';
import { drawSparingly, pauseBeforeDrawing } from './drawSparingly.ts';

test('an echo or a full screen is drawn at once, a flood some times a second', () => {
  assert.equal(pauseBeforeDrawing(1, 0), 0);
  assert.equal(pauseBeforeDrawing(20_000, 1), 0);
  assert.equal(pauseBeforeDrawing(100_000, 16), 50);
  assert.equal(pauseBeforeDrawing(100_000, 1_000), 0);
});

/** A terminal as far as drawing goes, and the rows that were to be drawn. */
function opened() {
  const drawn: unknown[][] = [];
  const service = { refreshRows: (...rows: unknown[]) => void drawn.push(rows) };
  return { terminal: { rows: 24, _core: { _renderService: service } } as unknown as Terminal, service, drawn };
}

test('rows that a flood changed are drawn once for all, and the last picture is never left out', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { terminal, service, drawn } = opened();
  const output = drawSparingly(terminal);
  output(10);
  service.refreshRows(3, 3, true);
  assert.deepEqual(drawn, [[3, 3, true]]);
  for (let row = 0; row < 20; row += 1) {
    output(50_000);
    service.refreshRows(row, row);
  }
  assert.equal(drawn.length, 1);
  t.mock.timers.tick(1_000);
  assert.deepEqual(drawn.slice(1), [[0, 23]]);
  output(1);
  service.refreshRows(5, 5);
  assert.deepEqual(drawn.slice(2), [[5, 5]]);
});

test('a terminal of other workings draws as it likes', () => {
  for (const core of [undefined, {}, { _renderService: {} }]) {
    const terminal = { rows: 24, _core: core } as unknown as Terminal;
    assert.doesNotThrow(() => drawSparingly(terminal)(100_000));
  }
});
