import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ALL_ON, decodeFrame, encodeCredit, encodeData, FEATURE_NAMES, GROUP_BIT, LIMITS } from '@porthole/protocol';
import { ChannelHost, type FeatureHandler } from '../../packages/agent/src/base/channelHost.ts';
import { HubHandshake } from '../../packages/agent/src/base/hubHandshake.ts';
import { AgentHandshake } from '../../packages/hub/src/base/agentLink/agentHandshake.ts';
import { AgentLink } from '../../packages/hub/src/base/agentLink/agentLink.ts';
import type { FromHub, LinkSocket } from '../../packages/hub/src/base/relay/linkSocket.ts';
import { ViewerChannel } from '../../packages/hub/src/base/relay/viewerChannel.ts';
import { HubLink } from '../../packages/portal/src/base/link.ts';
import { Random } from '../screen/random.ts';
import { CONTROL, type Sample } from './corpus.ts';
import { assertHarmless } from './harmless.ts';
import { mutateBytes, mutateJson } from './mutate.ts';

const NONCE = 'n'.repeat(43);
const SIGNATURE = 's'.repeat(86);

/** A socket as far as a page uses it. */
interface Listening {
  readyState: number;
  send(): void;
  close(): void;
  onmessage?: (event: { data: string | ArrayBuffer }) => void;
}

/** One of a table's messages, as it is or changed. */
function speech(table: string, random: Random): string {
  const messages: Sample[] = CONTROL[table]?.messages ?? [];
  const message = random.pick(messages);
  return random.chance(0.5) ? JSON.stringify(message) : mutateJson(message, messages, random);
}

/** A frame for one of the first channels or groups, as it should be or changed. */
function someFrame(random: Random): Uint8Array {
  const channel = random.pick([0, 1, 2, 3, GROUP_BIT, GROUP_BIT + 1, 0xffff_ffff]);
  const size = random.pick([0, 1, 100, LIMITS.dataPayload]);
  const frame = random.chance(0.7)
    ? encodeData(channel, new Uint8Array(size), random.chance(0.5))
    : encodeCredit(channel, random.pick([0, 1, 100, LIMITS.reliableWindow, 0xffff_ffff]));
  return random.chance(0.7) ? frame : mutateBytes(frame.subarray(0, 60), [frame.subarray(0, 20)], random);
}

test('a hostile agent, in 1,000 conversations of its own choosing, only ever loses its connection', () => {
  const random = new Random(5_000);
  for (let n = 0; n < 1_000; n++) {
    let outstanding = 0;
    const viewer = {
      send: () => undefined,
      sendFrame: (frame: Uint8Array) => {
        outstanding += frame.byteLength;
      },
    } as unknown as LinkSocket;
    const socket = { buffered: 0, send: () => undefined, sendFrame: () => undefined, close: () => undefined };
    const link = new AgentLink(socket as unknown as LinkSocket, {
      deviceId: 'a'.repeat(26),
      kind: 'interactive',
      binding: 'b',
      sign: () => SIGNATURE,
      events: { state: () => undefined },
    });
    for (const feature of ['screen', 'input', 'screen'] as const) {
      const channel = new ViewerChannel(1, feature, viewer, () => undefined);
      channel.attach(link.open({ feature, params: {}, viewer: 'v', user: 'ann' }, channel));
    }
    for (let turn = 0; turn < 12; turn++) {
      const text = speech('fromAgent', random);
      const raw = someFrame(random);
      assertHarmless(
        () => `agent ${n}: ${text} ${Buffer.from(raw).toString('hex')}`,
        () => {
          link.receivedText(text);
          link.receivedFrame(decodeFrame(raw), raw);
        },
      );
    }
    assert.ok(outstanding <= 3 * (LIMITS.lossyWindow + 4096), 'the viewers were sent no more than their windows');
    link.ended();
  }
});

test('a hostile hub, in 1,000 conversations of its own choosing, opens nothing on an agent', () => {
  const random = new Random(6_000);
  const opened: string[] = [];
  const handler: FeatureHandler = {
    open(channel) {
      opened.push(channel.feature);
      return { message: () => undefined, closed: () => undefined };
    },
  };
  for (let n = 0; n < 1_000; n++) {
    const host = new ChannelHost({
      deviceId: 'a'.repeat(26),
      hubKey: NONCE,
      kind: random.pick(['interactive', 'bulk']),
      policy: { allows: () => true, programs: {} },
      isOn: () => true,
      handlers: Object.fromEntries(FEATURE_NAMES.map((name) => [name, handler])) as Record<
        (typeof FEATURE_NAMES)[number],
        FeatureHandler
      >,
      carrier: { send: () => undefined, sendFrame: () => undefined },
    });
    host.reset('b');
    const grant = CONTROL.toAgent?.messages[0]?.grant as Parameters<ChannelHost['open']>[0];
    for (let turn = 0; turn < 4; turn++) {
      const raw = someFrame(random);
      assertHarmless(
        () => `hub ${n}`,
        () => {
          host.open({ ...grant, channel: random.integer(0, 4), feature: random.pick(FEATURE_NAMES) }, {});
          host.lagged(random.integer(0, 4));
          host.receive(decodeFrame(raw));
        },
      );
    }
  }
  assert.deepEqual(opened, []);
});

test('4,000 damaged handshakes, on either side, let nobody in and show nobody a token', () => {
  const random = new Random(7_000);
  for (let n = 0; n < 4_000; n++) {
    const texts = [speech('handshakeToHub', random), speech('handshakeToHub', random)];
    const said: FromHub[] = [];
    const hub = new AgentHandshake({ publicKey: NONCE, sign: () => SIGNATURE }, 'b', (message) => said.push(message));
    const answers = [speech('handshakeToAgent', random), speech('handshakeToAgent', random)];
    const shown: object[] = [];
    const agent = new HubHandshake({
      identity: { id: 'd', publicKey: NONCE, sign: () => SIGNATURE },
      hubKey: NONCE,
      binding: 'b',
      introduction: {
        link: 'interactive',
        token: 'secret',
        description: { hostname: '', system: '', architecture: '', version: '' },
        toggles: ALL_ON,
      },
      send: (message) => shown.push(message),
    });
    for (const text of texts) {
      assertHarmless(
        () => `to hub ${n}: ${text}`,
        () => assert.equal(hub.receive(text), undefined),
      );
    }
    for (const text of answers) {
      assertHarmless(
        () => `to agent ${n}: ${text}`,
        () => assert.equal(agent.receive(text), undefined),
      );
    }
    assert.equal(JSON.stringify(shown).includes('secret'), false);
  }
});

test('a page survives 1,000 conversations with a hub that talks nonsense', (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  const random = new Random(8_000);
  for (let n = 0; n < 1_000; n++) {
    const sockets: Listening[] = [];
    const link = new HubLink({
      url: 'wss://hub.test',
      open: () => {
        const socket: Listening = { readyState: 1, send: () => undefined, close: () => undefined };
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      events: { phase: () => undefined, message: () => undefined },
    });
    for (let turn = 0; turn < 12; turn++) {
      const [text, raw] = [speech('toPortal', random), someFrame(random)];
      const socket = sockets.at(-1);
      assertHarmless(
        () => `page ${n}: ${text} ${Buffer.from(raw).toString('hex')}`,
        () => {
          socket?.onmessage?.({ data: text });
          link.openChannel({ ticket: 't', feature: 'screen', params: {}, message: () => undefined });
          socket?.onmessage?.({ data: Uint8Array.from(raw).buffer });
        },
      );
      mock.timers.tick(1_000);
    }
    link.close();
  }
});
