import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput, type InputMessage, PortholeError } from '@porthole/protocol';
import type { ChannelOptions } from '../../base/link.ts';
import { texts } from '../../base/texts.ts';
import { InputSession } from './inputSession.ts';

interface Opened {
  params: ChannelOptions['params'];
  ticket: string;
  sent: InputMessage[];
  closedByOwner: boolean;
  accept(): void;
  end(error: PortholeError): void;
}

function setUp({ ticket = () => Promise.resolve('t1'), connected = true } = {}) {
  const channels: Opened[] = [];
  const given: string[] = [];
  const link = {
    viewer: connected ? 'v1' : undefined,
    openChannel: (options: ChannelOptions) => {
      const opened = Promise.withResolvers<void>();
      const closed = Promise.withResolvers<PortholeError>();
      opened.promise.catch(() => undefined);
      const channel: Opened = {
        params: options.params,
        ticket: options.ticket,
        sent: [],
        closedByOwner: false,
        accept: () => opened.resolve(),
        end: (error) => {
          opened.reject(error);
          closed.resolve(error);
        },
      };
      channels.push(channel);
      return {
        opened: opened.promise,
        closed: closed.promise,
        room: Number.POSITIVE_INFINITY,
        granted: async () => undefined,
        send: (bytes: Uint8Array) => channel.sent.push(decodeInput(bytes)),
        close: () => {
          channel.closedByOwner = true;
          channel.end(new PortholeError('channel.closed'));
        },
      };
    },
  };
  const api = { ticket, giveControl: async (_: string, to: string) => void given.push(to) };
  const session = new InputSession({ deviceId: 'd', link, api });
  return { session, channels, given, phase: () => session.state.get().phase, notice: () => session.state.get().notice };
}

/** Lets everything that waits for a resolved promise run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('taking control opens the seat with a ticket, and messages flow from then on', async () => {
  const { session, channels, phase } = setUp();
  session.send({ type: 'release' });
  session.take();
  assert.equal(phase(), 'asking');
  await settle();
  assert.deepEqual(channels[0]?.params, { take: true });
  assert.equal(channels[0]?.ticket, 't1');
  channels[0]?.accept();
  await settle();
  assert.equal(phase(), 'controlling');
  session.send({ type: 'move', x: 1, y: 2 });
  assert.deepEqual(channels[0]?.sent, [{ type: 'move', x: 1, y: 2 }]);
});

test('a free seat is asked for politely, and a refusal is not worth a word', async () => {
  const { session, channels, phase, notice } = setUp();
  session.takeFree();
  await settle();
  assert.equal(channels[0]?.params.take, false);
  channels[0]?.end(new PortholeError('control.busy'));
  await settle();
  assert.deepEqual([phase(), notice()], ['watching', undefined]);
});

test('a refusal of what the person asked for is told', async () => {
  const { session, channels, phase, notice } = setUp();
  session.take();
  await settle();
  channels[0]?.end(new PortholeError('policy.denied'));
  await settle();
  assert.deepEqual([phase(), notice()], ['watching', new PortholeError('policy.denied').message]);
});

test('a ticket that cannot be had ends the attempt', async () => {
  const { session, phase, notice } = setUp({ ticket: () => Promise.reject(new PortholeError('not-found')) });
  session.take();
  await settle();
  assert.equal(phase(), 'watching');
  assert.equal(notice(), new PortholeError('not-found').message);
});

test('losing control to somebody says so and sends nothing more', async () => {
  const { session, channels, phase, notice } = setUp();
  session.take();
  await settle();
  channels[0]?.accept();
  await settle();
  channels[0]?.end(new PortholeError('control.taken'));
  await settle();
  assert.deepEqual([phase(), notice()], ['watching', texts.control.notice['control.taken']]);
  session.send({ type: 'release' });
  assert.deepEqual(channels[0]?.sent, []);
});

test('a lost connection is quiet, and the free seat may be taken again', async () => {
  const { session, channels, notice } = setUp();
  session.take();
  await settle();
  channels[0]?.accept();
  await settle();
  channels[0]?.end(new PortholeError('channel.closed'));
  await settle();
  assert.equal(notice(), undefined);
  session.takeFree();
  await settle();
  assert.equal(channels.length, 2);
});

test('who gave control back is not put in control again without asking', async () => {
  const { session, channels, phase } = setUp();
  session.take();
  await settle();
  channels[0]?.accept();
  await settle();
  session.release();
  assert.equal(phase(), 'watching');
  assert.equal(channels[0]?.closedByOwner, true);
  session.takeFree();
  await settle();
  assert.equal(channels.length, 1);
  session.take();
  await settle();
  assert.equal(channels.length, 2);
});

test('a seat that opens after it was given up is closed at once', async () => {
  const { session, channels, phase } = setUp();
  session.take();
  await settle();
  session.release();
  channels[0]?.accept();
  await settle();
  assert.equal(channels[0]?.closedByOwner, true);
  assert.equal(phase(), 'watching');
});

test('an offer is accepted and names who made it', async () => {
  const { session, channels, notice } = setUp();
  session.accept('bob');
  await settle();
  assert.equal(channels[0]?.params.take, true);
  channels[0]?.accept();
  await settle();
  assert.equal(notice(), texts.control.notice.offered('bob'));
});

test('giving control names the viewer to the hub', async () => {
  const { session, given } = setUp();
  await session.give({ id: 'v9', user: 'bob' });
  assert.deepEqual(given, ['v9']);
  assert.equal(session.declined, true);
});

test('who is giving control away does not take the seat in the moment when it is free, and hears what happened', async () => {
  const { session, channels, notice } = setUp();
  session.take();
  await settle();
  channels[0]?.accept();
  await settle();
  const given = session.give({ id: 'v9', user: 'bob' });
  channels[0]?.end(new PortholeError('control.given'));
  await settle();
  session.takeFree();
  await given;
  assert.equal(channels.length, 1);
  assert.equal(notice(), texts.control.notice['control.given']);
});

test('trying for a free seat leaves the word about the last one standing', async () => {
  const { session, channels, notice } = setUp();
  session.take();
  await settle();
  channels[0]?.accept();
  await settle();
  channels[0]?.end(new PortholeError('control.taken'));
  await settle();
  session.takeFree();
  await settle();
  channels[1]?.end(new PortholeError('control.busy'));
  await settle();
  assert.equal(notice(), texts.control.notice['control.taken']);
});

test('without a connection nothing is asked', async () => {
  const { session, channels, phase } = setUp({ connected: false });
  session.take();
  await settle();
  assert.equal(channels.length, 0);
  assert.equal(phase(), 'watching');
});
