import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Rect } from '@porthole/protocol';
import { openX11Input } from '../../packages/agent/src/features/input/backends/x11.ts';
import { openX11Screen } from '../../packages/agent/src/features/screen/backends/x11.ts';
import { XConnection } from '../../packages/agent/src/platform/x11/connection.ts';
import { grainyPicture } from '../support/grainyPicture.ts';
import { startXvfb } from '../support/x11/xvfb.ts';
import { type TraceStep, writeTrace } from './trace.ts';

/** Records the traces anew, from real programs on a real display: `node tests/screen/recordTraces.ts`. */
const SIZE = { width: 480, height: 320 };
const FILM = { width: 320, height: 200 };
const INTERVAL_MS = 25;

type Scene = (display: string) => Promise<void>;

async function typing(display: string): Promise<void> {
  const input = await openX11Input(display);
  input.move(100, 100);
  for (const letter of 'grep -rn "time to photon" docs | sort | head') {
    input.text(letter);
    await sleep(40);
  }
  input.close();
}

async function scrolling(display: string): Promise<void> {
  const input = await openX11Input(display);
  input.move(100, 100);
  input.text('for i in $(seq 120); do echo "$i $((i * i * 7919)) $((i * 104729 % 65537))"; sleep 0.01; done\n');
  await sleep(2_000);
  input.close();
}

async function dragging(display: string): Promise<void> {
  const input = await openX11Input(display);
  input.move(100, 100);
  input.text('ls /usr/bin | head -90 | paste -sd" "\n');
  await sleep(500);
  input.close();
  const connection = await XConnection.open(display);
  const { client, root } = connection;
  const { children } = await connection.ask<{ children: number[] }>((reply) => client.QueryTree(root, reply));
  const window = children.at(-1) ?? root;
  for (let step = 0; step < 40; step++) {
    client.MoveWindow(window, step * 3, step * 2);
    await sleep(30);
  }
  await connection.sync();
  connection.close();
}

async function film(display: string): Promise<void> {
  const connection = await XConnection.open(display);
  const { client, root } = connection;
  const context = client.AllocID();
  client.CreateGC(context, root, {});
  for (let index = 0; index < 16; index++) {
    const { data, stride } = grainyPicture({ ...FILM, index, grain: 2 });
    const rows = Array.from({ length: FILM.height }, (_, y) => data.subarray(y * stride, y * stride + FILM.width * 4));
    client.PutImage(2, root, context, FILM.width, FILM.height, 150, 110, 0, 24, Buffer.concat(rows));
    await sleep(35);
  }
  await connection.sync();
  connection.close();
}

const mixed: Scene = async (display) => {
  await Promise.all([film(display), typing(display)]);
  await dragging(display);
};

const SCENES: Record<string, Scene> = { typing, scrolling, dragging, film, mixed };

async function record(name: string, scene: Scene): Promise<void> {
  const server = await startXvfb(SIZE);
  const args = ['-geometry', '60x18+10+10', '-e', 'sh'];
  const xterm = spawn('xterm', args, { env: { ...process.env, DISPLAY: server.display }, stdio: 'ignore' });
  await sleep(1_000);
  const steps: TraceStep[] = [];
  const ignore = () => undefined;
  const events = { damage: ignore, geometry: ignore, cursor: ignore, pointer: ignore, lost: ignore };
  const source = await openX11Screen(server.display, events);
  const begun = performance.now();
  const look = async (): Promise<void> => {
    for (const rect of source.collect()) steps.push(await stepOf(rect, (await source.grab(rect)).data, begun));
  };
  await look();
  let done = false;
  const playing = scene(server.display).then(() => {
    done = true;
  });
  while (!done) {
    await sleep(INTERVAL_MS);
    await look();
  }
  await playing;
  await look();
  source.close();
  xterm.kill();
  await server.close();
  writeFileSync(fileURLToPath(new URL(`./traces/${name}.trace`, import.meta.url)), writeTrace({ ...SIZE, steps }));
}

async function stepOf(rect: Rect, data: Uint8Array, begun: number): Promise<TraceStep> {
  const bgr = new Uint8Array(rect.width * rect.height * 3);
  for (let pixel = 0; pixel < rect.width * rect.height; pixel++)
    bgr.set(data.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return { ...rect, at: Math.round(performance.now() - begun), bgr };
}

for (const [name, scene] of Object.entries(SCENES)) await record(name, scene);
process.exit(0);
