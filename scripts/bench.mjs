#!/usr/bin/env node
import process from 'node:process';
import { ensureDebian } from './lib/debian.mjs';
import { launch } from './lib/launch.mjs';
import { runMain } from './lib/refusal.mjs';

const PACKAGES = [
  'chromium',
  'xvfb',
  'xkb-data',
  'x11-xkb-utils',
  'novnc',
  'websockify',
  'tigervnc-scraping-server',
  'x11vnc',
  'mousepad',
  'nginx',
  'openssh-client',
  'openssh-server',
  'openssl',
  'curl',
];

await runMain(() => {
  ensureDebian(PACKAGES, 'The benchmark');
  launch('bench/main.ts', process.argv.slice(2));
});
