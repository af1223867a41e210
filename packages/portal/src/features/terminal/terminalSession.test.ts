import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  decodeFrame,
  decodeToTerminal,
  encodeFromTerminal,
  type FromTerminal,
  PortholeError,
  type TerminalSession as SessionInfo,
  type ToTerminal,
} from '@porthole/protocol';
import { LinkChannel } from '../../base/channel.ts';
import type { ChannelOptions } from '../../base/link.ts';
import { type SessionTarget, TerminalSession } from './terminalSession.ts';

const ID = 'aaaaaaaaaaaaaaaa';
const INFO: SessionInfo = {
  id: ID,
  name: '',
  title: '',
  command: 'bash',
  shell: '/bin/bash',
  account: 'ann',
  size: { columns: 80, rows: 24 },
  startedAt: 0,
  startedBy: 'ann',
  activeAt: 0,
  viewers: [],
  recording: false,
};

/** One channel that the session opened, by the hand of a test. */
interface Opened {
  operation: unknown;
  channel: LinkChannel;
  said: ToTerminal[];
  credited: number;
}

let opened: Opened[];
let drawn: string[];
let waiting: (() => void)[];
let written: (() => void)[];
let refuse: PortholeError | undefined;
let session: TerminalSession;

beforeEach(() => {
  [opened, drawn, waiting, written, refuse] = [[], [], [], [], undefined];
});

function openChannel({ params, message }: ChannelOptions): LinkChannel {
  const entry: Opened = {
    operation: params.operation,
    said: [],
    credited: 0,
    channel: new LinkChannel(
      1,
      'terminal',
      {
        sendFrame: (bytes) => {
          const frame = decodeFrame(bytes);
          if (frame.type === 'data') entry.said.push(decodeToTerminal(frame.payload));
          else entry.credited += frame.bytes;
        },
        release: () => undefined,
      },
      message,
    ),
  };
  opened.push(entry);
  if (refuse) entry.channel.ended(refuse);
  else entry.channel.confirmed();
  return entry.channel;
}

function start(target: SessionTarget, types = true): void {
  session = new TerminalSession({
    link: {
      deviceId: 'd',
      api: { ticket: async () => 'ticket' },
      link: { viewer: 'v', roundTrip: 1, openChannel },
    },
    target,
    types,
    size: () => ({ columns: 100, rows: 30 }),
    screen: {
      begin: ({ columns }) => drawn.push(`begin ${columns}`),
      resize: ({ columns }) => drawn.push(`size ${columns}`),
      ready: () => drawn.push('ready'),
      write: (bytes) => {
        drawn.push(new TextDecoder().decode(bytes));
        return new Promise((resolve) => written.push(resolve));
      },
    },
    later: (run) => {
      waiting.push(run);
      return () => {
        waiting = waiting.filter((each) => each !== run);
      };
    },
  });
}

function device(...messages: FromTerminal[]): void {
  for (const message of messages) opened.at(-1)?.channel.received(encodeFromTerminal(message));
}

const text = (value: string): FromTerminal => ({ type: 'output', bytes: new TextEncoder().encode(value) });
const phase = () => session.state.get().at.phase;

async function live(target: SessionTarget, types = true): Promise<void> {
  start(target, types);
  await turn();
  const size = { columns: 100, rows: 30 };
  device({ type: 'item', json: INFO }, { type: 'screen', size }, text('$ '), { type: 'ready' });
}

test('a new session asks with its size, shows what comes in order, and is live at ready', async () => {
  await live({ kind: 'new', folder: '/srv', shell: undefined });
  const ask = { size: { columns: 100, rows: 30 }, folder: '/srv' };
  assert.deepEqual([opened[0]?.operation, opened[0]?.said], ['open', [{ type: 'ask', json: ask }]]);
  assert.deepEqual(drawn, ['begin 100', '$ ', 'ready']);
  assert.deepEqual([phase(), session.id], ['live', ID]);
});

test('credit is granted only for what has been drawn', async () => {
  await live({ kind: 'existing', session: ID });
  device(text('x'.repeat(64 * 1024)));
  await turn();
  assert.equal(opened[0]?.credited, 0);
  for (const done of written) done();
  await turn();
  assert.ok((opened[0]?.credited ?? 0) >= 64 * 1024);
});

test('after a lost connection it comes back to the same session, and only then is live again', async () => {
  await live({ kind: 'new' });
  opened[0]?.channel.ended(new PortholeError('channel.closed'));
  await turn();
  assert.equal(phase(), 'reconnecting');
  assert.equal(session.type(Uint8Array.of(65)), false, 'keys of meanwhile are dropped');
  session.retry();
  await turn();
  assert.deepEqual([opened[1]?.operation, opened.length], ['attach', 2]);
  assert.deepEqual(opened[1]?.said, [{ type: 'ask', json: { session: ID, size: { columns: 100, rows: 30 } } }]);
  assert.equal(phase(), 'reconnecting');
  device({ type: 'screen', size: { columns: 100, rows: 30 } }, { type: 'ready' });
  assert.equal(phase(), 'live');
  assert.equal(waiting.length, 0, 'no attempt is left over');
});

test('whoever watches only asks for nothing else and types nothing', async () => {
  await live({ kind: 'existing', session: ID }, false);
  assert.equal(opened[0]?.operation, 'watch');
  assert.equal(session.type(Uint8Array.of(65)), false);
  assert.equal(session.resize({ columns: 5, rows: 5 }), false);
  assert.equal(opened[0]?.said.length, 1);
});

test('an end is final and says why', async () => {
  await live({ kind: 'new' });
  device({ type: 'done', json: { reason: 'exit', code: 3 } });
  assert.deepEqual(session.state.get().at, { phase: 'ended', end: { reason: 'exit', code: 3 } });
  session.retry();
  await turn();
  assert.equal(opened.length, 1);
});

test('a refusal is shown, and tried again only when asked', async () => {
  refuse = new PortholeError('terminal.limit');
  start({ kind: 'new' });
  await turn();
  assert.equal(phase(), 'refused');
  refuse = undefined;
  session.again();
  await turn();
  assert.equal(opened.length, 2);
});

test('a session that is gone is an end, a device that is away is not', async () => {
  refuse = new PortholeError('terminal.unknown');
  start({ kind: 'existing', session: ID });
  await turn();
  assert.equal(phase(), 'ended');
  refuse = new PortholeError('device.offline');
  start({ kind: 'existing', session: ID });
  await turn();
  assert.equal(phase(), 'reconnecting');
  refuse = new PortholeError('terminal.lost');
  session.retry();
  await turn();
  assert.deepEqual(session.state.get().at, { phase: 'ended', end: { reason: 'lost' } });
});

test('nonsense of a device loses the channel and nothing else', async () => {
  await live({ kind: 'new' });
  device({ type: 'item', json: { id: 'x' } });
  assert.equal((await opened[0]?.channel.closed)?.code, 'message.invalid');
  await turn();
  assert.equal(phase(), 'refused');
});

test('after closing nothing happens any more', async () => {
  await live({ kind: 'new' });
  session.close();
  session.close();
  session.retry();
  await turn();
  assert.equal(opened.length, 1);
  assert.equal((await opened[0]?.channel.closed)?.code, 'channel.closed');
});
