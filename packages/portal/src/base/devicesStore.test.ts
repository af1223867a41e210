import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device } from '@porthole/protocol';
import { fakeDevice } from '../testing/fakeDevice.ts';
import { DevicesStore } from './devicesStore.ts';

const list = (store: DevicesStore) => store.list.get()?.map((device) => device.name);
const all = (store: DevicesStore, ...devices: Device[]) => store.apply({ type: 'devices', devices, more: false });
const sample = { at: 1, cpu: 0.5, memory: { used: 1, total: 2 } };

function counted(store: DevicesStore, id: string) {
  let lists = 0;
  let device = 0;
  store.list.subscribe(() => {
    lists += 1;
  });
  store.device(id).subscribe(() => {
    device += 1;
  });
  return { lists: () => lists, device: () => device };
}

test('there is no list before the hub has sent a whole one', () => {
  const store = new DevicesStore();
  assert.equal(list(store), undefined);
  store.apply({ type: 'devices', devices: [fakeDevice('b')], more: true });
  assert.equal(list(store), undefined);
  store.apply({ type: 'devices', devices: [fakeDevice('c10'), fakeDevice('c9')], more: false });
  assert.deepEqual(list(store), ['b', 'c9', 'c10']);
});

test('a new list replaces the old one, and who was followed and is gone hears of it', () => {
  const store = new DevicesStore();
  const a = fakeDevice('a');
  all(store, a, fakeDevice('b'));
  const heard = counted(store, a.id);
  all(store, fakeDevice('b'));
  assert.deepEqual(list(store), ['b']);
  assert.equal(store.device(a.id).get(), undefined);
  assert.equal(heard.device(), 1);
});

test('half a list of a lost connection does not leak into the next one', () => {
  const store = new DevicesStore();
  store.apply({ type: 'devices', devices: [fakeDevice('old')], more: true });
  store.apply({ type: 'welcome', viewer: 'v', session: { username: 'u', role: 'admin' } });
  all(store, fakeDevice('new'));
  assert.deepEqual(list(store), ['new']);
});

test('a load sample wakes who follows that device and nobody else', () => {
  const store = new DevicesStore();
  const [a, b] = [fakeDevice('a'), fakeDevice('b')];
  all(store, a, b);
  const before = store.list.get();
  const [forA, forB] = [counted(store, a.id), counted(store, b.id)];
  store.apply({ type: 'device.stats', id: a.id, stats: sample });
  assert.deepEqual(store.device(a.id).get()?.stats, sample);
  assert.deepEqual([forA.device(), forB.device(), forA.lists()], [1, 0, 0]);
  assert.equal(store.list.get(), before);
});

test('a new name sorts anew, and the others keep their identity', () => {
  const store = new DevicesStore();
  const [a, b] = [fakeDevice('a'), fakeDevice('b')];
  all(store, a, b);
  const kept = store.list.get()?.[1];
  store.apply({ type: 'device', device: { ...a, name: 'z' } });
  assert.deepEqual(list(store), ['b', 'z']);
  assert.equal(store.list.get()?.[0], kept);
});

test('a device that appears or is removed changes the list once', () => {
  const store = new DevicesStore();
  all(store, fakeDevice('a'));
  const c = fakeDevice('c');
  const heard = counted(store, c.id);
  store.apply({ type: 'device', device: c });
  store.apply({ type: 'device.removed', id: c.id });
  store.apply({ type: 'device.removed', id: c.id });
  assert.deepEqual(list(store), ['a']);
  assert.deepEqual([heard.lists(), heard.device()], [2, 2]);
});

test('a sample of an unknown device is ignored', () => {
  const store = new DevicesStore();
  all(store);
  store.apply({ type: 'device.stats', id: fakeDevice('x').id, stats: sample });
  assert.deepEqual(list(store), []);
});

test('who left hears nothing more', () => {
  const store = new DevicesStore();
  const a = fakeDevice('a');
  all(store, a);
  let heard = 0;
  const leave = store.device(a.id).subscribe(() => {
    heard += 1;
  });
  leave();
  leave();
  store.apply({ type: 'device', device: { ...a, online: false } });
  assert.equal(heard, 0);
});

test('how people arranged a device is news of the list, the same again is not', () => {
  const store = new DevicesStore();
  const [a, b] = [fakeDevice('a'), fakeDevice('b')];
  all(store, a, b);
  const heard = counted(store, a.id);
  const kept = store.list.get()?.[1];
  const profile = { ...a.profile, group: 'lab', tags: ['x'] };
  store.apply({ type: 'device', device: { ...a, profile } });
  assert.deepEqual([store.list.get()?.[0]?.profile.group, heard.lists()], ['lab', 1]);
  assert.equal(store.list.get()?.[1], kept);
  store.apply({ type: 'device', device: { ...a, profile: structuredClone(profile), thumbnail: null } });
  assert.deepEqual([heard.lists(), heard.device()], [1, 2]);
});
