import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coder, type ScreenWishes } from '@porthole/protocol';
import { BufferViewer } from '../screen/bufferViewer.ts';
import { startAgent } from '../support/agent.ts';
import { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { addUser, startHub } from '../support/hub.ts';
import { processTree } from '../support/processes.ts';
import { WireViewer } from '../support/wireViewer.ts';
import { Film } from '../support/x11/film.ts';
import { painter } from '../support/x11/painter.ts';
import { startXvfb } from '../support/x11/xvfb.ts';
import { ADMIN } from './house.ts';

const WISHES: ScreenWishes = { codecs: ['avc1.4D401F'], picture: 'smooth', maxFps: 60, maxKBps: 0 };
const AREA = { x: 100, y: 60, width: 480, height: 320 };

test('a screen process that is killed in the middle of a film is a blink, and codes by software from then on', async () => {
  await using hub = await startHub();
  await addUser(hub, { name: ADMIN.username, role: 'admin', password: ADMIN.password });
  await using closing = new AsyncDisposableStack();
  const xvfb = closing.adopt(await startXvfb({ width: 800, height: 600 }), (server) => server.close());
  const drawing = closing.adopt(await painter(xvfb.display), (client) => client.close());
  await using agent = await startAgent({ hub, display: xvfb.display, name: 'desk' });
  const api = new ApiClient(hub.url);
  await api.signIn(ADMIN.username, ADMIN.password);
  const [device] = await api.get<{ id: string }[]>('/api/devices');
  const viewer = new BufferViewer();
  using wire = await WireViewer.open(api, device?.id ?? '', (message) => viewer.take(message));
  wire.wish(WISHES);
  using film = await Film.play(xvfb.display, AREA);
  const videos = () => viewer.drawn.get(Coder.video) ?? 0;
  await eventually('the film is a video', () => videos() > 20);

  const screen = () => processTree(agent.pid).find(({ command }) => command.includes('screen/host/main'));
  const killed = screen()?.pid ?? 0;
  process.kill(killed, 'SIGKILL');
  await eventually('another one takes its place', () => (screen()?.pid ?? killed) !== killed);
  const before = videos();
  await eventually('the film is a video again', () => videos() > before + 20);
  await film.pause();
  const { data } = await drawing.read();
  await eventually('the picture is exact', () => viewer.isExact && sameColours(viewer.rgba, data));
  assert.match(agent.output.stderr, /from now on software alone codes video/);
});

/** R G B A against B G R X. */
function sameColours(rgba: Uint8Array, bgrx: Uint8Array): boolean {
  if (rgba.byteLength !== bgrx.byteLength) return false;
  for (let at = 0; at < rgba.byteLength; at += 4) {
    if (rgba[at] !== bgrx[at + 2] || rgba[at + 1] !== bgrx[at + 1] || rgba[at + 2] !== bgrx[at]) return false;
  }
  return true;
}
