import assert from 'node:assert/strict';
import { mock, type TestContext, test } from 'node:test';
import { encodeCredit, encodeData, LIMITS } from '@porthole/protocol';
import { type FromHub, HubLink, type LinkPhase } from './link.ts';

/** A WebSocket whose other end is the test. */
class Socket {
  binaryType = '';
  readyState = 1;
  readonly sent: (string | Uint8Array)[] = [];
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | undefined;
  onclose: (() => void) | undefined;
  onerror: (() => void) | undefined;

  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = 3;
  }

  /** What the hub says. */
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  frame(bytes: Uint8Array): void {
    this.onmessage?.({ data: Uint8Array.from(bytes).buffer });
  }

  welcome(viewer = 'v'): void {
    this.say({ type: 'welcome', viewer, session: { username: 'ann', role: 'admin' } });
  }

  get texts(): { type: string }[] {
    return this.sent.flatMap((data) => (typeof data === 'string' ? [JSON.parse(data)] : []));
  }
}

/** A link on a clock of its own; `socket()` is the latest it opened. */
function start(t: TestContext) {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  const sockets: Socket[] = [];
  const phases: LinkPhase[] = [];
  const messages: FromHub[] = [];
  const link = new HubLink({
    url: 'wss://hub.test/ws/portal',
    open: () => {
      const socket = new Socket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    events: { phase: (phase) => phases.push(phase), message: (message) => messages.push(message) },
  });
  t.after(() => {
    link.close();
    mock.timers.reset();
  });
  const socket = () => {
    const latest = sockets.at(-1);
    assert.ok(latest);
    return latest;
  };
  return { link, sockets, socket, phases, messages };
}

const SCREEN = { ticket: 't', feature: 'screen', params: { monitor: '' } } as const;

test('a link is open once the hub has named the viewer', (t) => {
  const { link, socket, phases } = start(t);
  assert.equal(link.phase, 'connecting');
  socket().welcome('page');
  assert.deepEqual([link.phase, link.viewer, phases], ['open', 'page', ['open']]);
});

test('a channel carries frames both ways and ends with the reason of the hub', async (t) => {
  const { link, socket } = start(t);
  socket().welcome();
  const got: Uint8Array[] = [];
  const channel = link.openChannel({ ...SCREEN, message: (bytes) => void got.push(bytes) });
  assert.deepEqual(socket().texts.at(-1), { type: 'channel.open', channel: 1, ticket: 't', params: { monitor: '' } });
  socket().say({ type: 'channel.opened', channel: 1 });
  await channel.opened;
  socket().frame(encodeData(1, Uint8Array.of(7), true));
  socket().frame(encodeData(2, Uint8Array.of(8), true));
  socket().frame(encodeCredit(1, 5));
  assert.deepEqual(got, [Uint8Array.of(7)]);
  socket().say({ type: 'channel.closed', channel: 1, code: 'feature.off', message: 'Off.' });
  assert.equal((await channel.closed).code, 'feature.off');
  socket().frame(encodeData(1, Uint8Array.of(9), true));
  assert.equal(got.length, 1);
});

test('a lost connection ends its channels and is made again, later each time', async (t) => {
  const { link, sockets, socket, phases } = start(t);
  socket().welcome();
  const channel = link.openChannel({ ...SCREEN, message: () => undefined });
  socket().onclose?.();
  assert.equal((await channel.closed).code, 'channel.closed');
  assert.deepEqual([link.phase, link.viewer], ['reconnecting', undefined], 'the hub will give it another name');
  for (let attempt = 2; attempt < 10; attempt++) {
    mock.timers.tick(30_000);
    assert.equal(sockets.length, attempt, 'one attempt at a time');
    socket().onclose?.();
  }
  mock.timers.tick(30_000);
  socket().welcome();
  assert.deepEqual(phases, ['open', 'reconnecting', 'open']);
});

test('while there is no connection, channels are refused at once and messages dropped', async (t) => {
  const { link, socket } = start(t);
  socket().readyState = 0;
  link.send({ type: 'subscribe' });
  const channel = link.openChannel({ ...SCREEN, message: () => undefined });
  await assert.rejects(channel.opened, { code: 'channel.closed' });
  assert.deepEqual(socket().sent, []);
});

test('a hub that no longer answers is given up, although its socket never closes', (t) => {
  const { link, socket, sockets } = start(t);
  socket().welcome();
  const [silent] = sockets;
  for (let n = 0; n < 3; n++) mock.timers.tick(LIMITS.pingMs);
  assert.equal(link.phase, 'reconnecting');
  silent?.welcome();
  assert.equal(link.phase, 'reconnecting', 'what an abandoned socket still says does not count');
});

test('a hub that answers pings is kept', (t) => {
  const { link, socket } = start(t);
  socket().welcome();
  for (let n = 0; n < 20; n++) {
    mock.timers.tick(LIMITS.pingMs);
    assert.equal(socket().texts.at(-1)?.type, 'ping');
    socket().say({ type: 'pong', sentAt: 0 });
  }
  assert.equal(link.phase, 'open');
});

test('a hub that speaks nonsense is left and called again', (t) => {
  for (const nonsense of ['{', '{"type":"new.thing"}', '{"type":"welcome"}']) {
    const { link, socket } = start(t);
    socket().welcome();
    socket().onmessage?.({ data: nonsense });
    assert.equal(link.phase, 'reconnecting', nonsense);
    link.close();
    mock.timers.reset();
  }
});

test('an ended session ends the link for good', async (t) => {
  const { link, sockets, socket, messages } = start(t);
  socket().welcome();
  const channel = link.openChannel({ ...SCREEN, message: () => undefined });
  socket().say({ type: 'session.ended', code: 'auth.session-ended' });
  assert.equal((await channel.closed).code, 'auth.session-ended');
  assert.deepEqual([link.phase, messages.at(-1)?.type], ['ended', 'session.ended']);
  mock.timers.tick(300_000);
  assert.equal(sockets.length, 1);
});

test('closing twice is closing once', (t) => {
  const { link, sockets, phases, socket } = start(t);
  socket().welcome();
  link.close();
  link.close();
  mock.timers.tick(300_000);
  assert.deepEqual([sockets.length, phases], [1, ['open', 'ended']]);
});
