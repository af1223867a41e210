import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMounts } from '../../../platform/mountTable.ts';
import { drivesAmong } from './places.ts';

test('every drive is told once, however often it is mounted, and the system first', () => {
  const mounts = parseMounts(
    [
      '21 1 0:5 / /dev rw - devtmpfs udev rw',
      '22 1 8:1 /run/netns /run/netns rw - ext4 /dev/sda1 rw',
      '23 1 8:2 / /srv rw - ext4 /dev/sda2 rw',
      '1 0 8:1 / / rw - ext4 /dev/sda1 rw',
      '24 1 8:1 /home /home rw - ext4 /dev/sda1 rw',
      '25 1 8:2 /a /mnt/again rw - ext4 /dev/sda2 rw',
      '26 1 0:40 / /tmp rw - tmpfs tmpfs rw',
      '27 1 8:17 / /media/stick rw - vfat /dev/sdb1 rw',
    ].join('\n'),
  );
  assert.deepEqual(
    drivesAmong(mounts).map(({ path }) => path),
    ['/', '/srv', '/media/stick'],
  );
});

test('a system in memory is a drive, and without one there are those that are left', () => {
  const memory = '1 0 0:40 / / rw - overlay overlay rw';
  const stick = '27 1 8:17 / /media/stick rw - vfat /dev/sdb1 rw';
  const pathsOf = (text: string) => drivesAmong(parseMounts(text)).map(({ path }) => path);
  assert.deepEqual(pathsOf(`${stick}\n${memory}`), ['/', '/media/stick']);
  assert.deepEqual(pathsOf(stick), ['/media/stick']);
  assert.deepEqual(pathsOf(''), []);
});
