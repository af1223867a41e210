import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDragged } from './draggedFiles.ts';

const drop = (text: string) => readDragged({ getData: () => text });

test('entries come out of a drop as they went in', () => {
  const dragged = { deviceId: 'd', paths: ['/a', '/b'] };
  assert.deepEqual(drop(JSON.stringify(dragged)), dragged);
});

test('the drag of another page is nothing', () => {
  for (const text of ['', 'x', '1', 'null', '{}', '{"deviceId":1,"paths":["/a"]}', '{"deviceId":"d","paths":[]}']) {
    assert.equal(drop(text), undefined, text);
  }
  assert.equal(drop('{"deviceId":"d","paths":["/a",2]}'), undefined);
});
