#!/usr/bin/env node
import process from 'node:process';
import { launch } from './lib/launch.mjs';
import { runMain } from './lib/refusal.mjs';

await runMain(() => launch('scripts/start/main.ts', process.argv.slice(2)));
