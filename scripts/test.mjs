#!/usr/bin/env node
import process from 'node:process';
import { ensureDebian } from './lib/debian.mjs';
import { launch } from './lib/launch.mjs';
import { runMain } from './lib/refusal.mjs';

const PACKAGES = [
  ...['chromium', 'xvfb', 'openbox', 'xterm', 'xkb-data', 'x11-xkb-utils', 'fonts-dejavu-core'],
  // What figures of a device are compared with, networks of a test's own, and drives.
  ...['procps', 'iproute2', 'e2fsprogs'],
  // By which archives are unpacked again.
  ...['unzip', 'libarchive-tools'],
  // Whose screens are compared with those of a local terminal.
  ...['vim', 'less', 'tmux', 'htop'],
];

await runMain(() => {
  ensureDebian(PACKAGES, 'Testing');
  launch('scripts/test/main.ts', process.argv.slice(2));
});
