import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputMessage } from '@porthole/protocol';
import { type Keyboard, type KeyEventLike, KeyTracker } from './keyTracker.ts';

function setUp(keyboard: Keyboard = 'other') {
  const sent: string[] = [];
  const timers = new Set<() => void>();
  let chords = 0;
  const tracker = new KeyTracker({
    keyboard,
    send: (message: InputMessage) => sent.push(describe(message)),
    chord: () => {
      chords += 1;
    },
    later: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  });
  const runTimers = () => {
    for (const run of [...timers]) run();
    timers.clear();
  };
  return { tracker, sent, runTimers, chords: () => chords };
}

function describe(message: InputMessage): string {
  if (message.type !== 'key') return message.type;
  return `${message.down ? '+' : '-'}${message.code || '?'}:${message.keysym.toString(16)}`;
}

function event(key: string, code: string, more: Partial<KeyEventLike> = {}): KeyEventLike {
  const flags = { ctrlKey: key === 'Control', shiftKey: key === 'Shift', metaKey: key === 'Meta' };
  return { key, code, location: 0, repeat: false, isComposing: false, keyCode: 65, ...flags, ...more };
}

test('a key goes down and up with the same keysym, even if its meaning changed meanwhile', () => {
  const { tracker, sent } = setUp();
  tracker.down(event('A', 'KeyA', { shiftKey: true }));
  tracker.up(event('a', 'KeyA'));
  assert.deepEqual(sent, ['+KeyA:41', '-KeyA:41']);
  assert.equal(tracker.held.size, 0);
});

test('repeats are sent while the key is held, and modifiers do not repeat', () => {
  const { tracker, sent } = setUp();
  tracker.down(event('a', 'KeyA'));
  assert.equal(tracker.down(event('a', 'KeyA', { repeat: true })), true);
  tracker.up(event('a', 'KeyA'));
  assert.equal(tracker.down(event('a', 'KeyA', { repeat: true })), true);
  tracker.down(event('Shift', 'ShiftLeft', { shiftKey: true }));
  tracker.down(event('Shift', 'ShiftLeft', { shiftKey: true, repeat: true }));
  assert.deepEqual(sent, ['+KeyA:61', '+KeyA:61', '-KeyA:61', '+ShiftLeft:ffe1']);
});

test('lock keys, dead keys and keys of an input method are left to the browser', () => {
  const { tracker, sent } = setUp();
  assert.equal(tracker.down(event('CapsLock', 'CapsLock')), false);
  assert.equal(tracker.down(event('Dead', 'Equal')), false);
  assert.equal(tracker.down(event('a', 'KeyA', { isComposing: true })), false);
  assert.equal(tracker.down(event('Process', 'KeyA', { keyCode: 229 })), false);
  assert.equal(tracker.up(event('Dead', 'Equal')), false);
  assert.deepEqual(sent, []);
});

test('a dead key under Ctrl is a shortcut and goes by its place', () => {
  const { tracker, sent } = setUp();
  assert.equal(tracker.down(event('Dead', 'Equal', { ctrlKey: true })), true);
  assert.deepEqual(sent, ['+Equal:0']);
});

test('the Ctrl that Windows invents before AltGr never reaches the device', () => {
  const { tracker, sent, runTimers } = setUp('windows');
  tracker.down(event('Control', 'ControlLeft'));
  tracker.down(event('AltGraph', 'AltRight', { location: 2 }));
  tracker.down(event('@', 'KeyQ'));
  tracker.up(event('@', 'KeyQ'));
  tracker.up(event('Control', 'ControlLeft', { ctrlKey: false }));
  tracker.up(event('AltGraph', 'AltRight', { location: 2 }));
  runTimers();
  assert.deepEqual(sent, ['+AltRight:fe03', '+KeyQ:40', '-KeyQ:40', '-AltRight:fe03']);
});

test('a real Ctrl on Windows goes before the key that follows, or after a moment', () => {
  const first = setUp('windows');
  first.tracker.down(event('Control', 'ControlLeft'));
  first.tracker.down(event('c', 'KeyC', { ctrlKey: true }));
  assert.deepEqual(first.sent, ['+ControlLeft:ffe3', '+KeyC:63']);

  const second = setUp('windows');
  second.tracker.down(event('Control', 'ControlLeft'));
  assert.deepEqual(second.sent, []);
  second.runTimers();
  assert.deepEqual(second.sent, ['+ControlLeft:ffe3']);

  const third = setUp('windows');
  third.tracker.down(event('Control', 'ControlLeft'));
  third.tracker.up(event('Control', 'ControlLeft', { ctrlKey: false }));
  assert.deepEqual(third.sent, ['+ControlLeft:ffe3', '-ControlLeft:ffe3']);
});

test('Ctrl + Alt + Shift releases everything and gives the keyboard back, in any order', () => {
  for (const order of ['ControlLeft AltLeft ShiftLeft', 'ShiftRight ControlRight AltLeft']) {
    const { tracker, sent, chords } = setUp();
    const flags = { ctrlKey: true, shiftKey: true };
    for (const code of order.split(' ')) tracker.down(event(code.replace(/Left|Right/, ''), code, flags));
    assert.equal(chords(), 1);
    assert.equal(sent.at(-1), 'release');
    assert.equal(tracker.held.size, 0);
  }
});

test('AltGr with Ctrl and Shift is not the chord', () => {
  const { tracker, chords } = setUp();
  const flags = { ctrlKey: true, shiftKey: true };
  tracker.down(event('Control', 'ControlLeft', flags));
  tracker.down(event('AltGraph', 'AltRight', flags));
  tracker.down(event('Shift', 'ShiftLeft', flags));
  assert.equal(chords(), 0);
});

test('a modifier whose release was never reported is released with the next event', () => {
  const { tracker, sent } = setUp('windows');
  tracker.down(event('Shift', 'ShiftLeft'));
  tracker.down(event('Shift', 'ShiftRight'));
  tracker.up(event('Shift', 'ShiftRight', { shiftKey: false }));
  assert.deepEqual(sent, ['+ShiftLeft:ffe1', '+ShiftRight:ffe2', '-ShiftRight:ffe2', '-ShiftLeft:ffe1']);
});

test('under Cmd on a Mac a key is pressed and released at once, because its release is never reported', () => {
  const { tracker, sent } = setUp('mac');
  tracker.down(event('Meta', 'MetaLeft'));
  tracker.down(event('c', 'KeyC', { metaKey: true }));
  tracker.up(event('Meta', 'MetaLeft', { metaKey: false }));
  assert.deepEqual(sent, ['+MetaLeft:ffeb', '+KeyC:63', '-KeyC:63', '-MetaLeft:ffeb']);
});

test('on a Mac Option chooses characters and the right Cmd is Alt', () => {
  const { tracker, sent } = setUp('mac');
  tracker.down(event('Alt', 'AltLeft'));
  tracker.down(event('Meta', 'MetaRight'));
  assert.deepEqual(sent, ['+AltLeft:fe03', '+MetaRight:ffe9']);
});

test('Alt under Shift, which X11 calls Meta, is still Alt', () => {
  const { tracker, sent } = setUp();
  tracker.down(event('Meta', 'AltLeft', { shiftKey: true }));
  assert.deepEqual(sent, ['+AltLeft:ffe9']);
});

test('a key without a place, as on-screen keyboards send, is pressed and released at once', () => {
  const { tracker, sent } = setUp();
  assert.equal(tracker.down(event('Enter', '')), true);
  assert.equal(tracker.down(event('Unidentified', '')), false);
  assert.deepEqual(sent, ['+?:ff0d', '-?:ff0d']);
  assert.equal(tracker.held.size, 0);
});

test('a second press without a release in between releases first', () => {
  const { tracker, sent } = setUp();
  tracker.down(event('a', 'KeyA'));
  tracker.down(event('a', 'KeyA'));
  assert.deepEqual(sent, ['+KeyA:61', '-KeyA:61', '+KeyA:61']);
});

test('releasing all sends one release, forgets all, and a late timer brings nothing back', () => {
  const { tracker, sent, runTimers } = setUp('windows');
  tracker.down(event('a', 'KeyA'));
  tracker.down(event('Control', 'ControlLeft'));
  tracker.releaseAll();
  runTimers();
  assert.deepEqual(sent, ['+KeyA:61', 'release']);
  assert.equal(tracker.up(event('a', 'KeyA')), false);
});
