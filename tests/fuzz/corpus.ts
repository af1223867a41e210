import { deflateRawSync } from 'node:zlib';
import {
  ALL_ON,
  Coder,
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_SENDING_SETTINGS,
  DEFAULT_TERMINAL_SETTINGS,
  EMPTY_PROFILE,
  encodeCredit,
  encodeData,
  encodeFileMessage,
  encodeInput,
  encodeScreen,
  encodeScreenReply,
  encodeThumbnail,
  fromAgent,
  fromPortal,
  GROUP_BIT,
  handshakeToAgent,
  handshakeToHub,
  type MessageTable,
  toAgent,
  toPortal,
} from '@porthole/protocol';

const DEVICE = 'a'.repeat(26);
const NONCE = 'n'.repeat(43);
const SIGNATURE = 's'.repeat(86);
const description = { hostname: 'host', system: 'Linux', architecture: 'x64', version: '0.1.0' };
const toggles = { ...ALL_ON, stats: false };
const used = { used: 1, total: 2 };
const stats = {
  at: 1_700_000_000_000,
  cpu: 0.5,
  memory: used,
  swap: used,
  load: 1.5,
  disk: used,
  io: { read: 1, written: 2 },
  network: { received: 1, sent: 2 },
  temperature: 51.5,
  gpu: 0.25,
  battery: { charge: 0.5, charging: true },
  top: [{ pid: 2, name: 'make', cpu: 1.5, memory: 1 }],
  missing: ['nginx'],
};
const facts = {
  maker: 'Maker',
  model: 'Model',
  kernel: '6.1',
  virtualisation: 'kvm',
  bootedAt: 1,
  timeZone: 60,
  users: ['ann'],
  cpu: { model: 'CPU', cores: 2, threads: 4 },
  memory: 1,
  gpus: [{ name: 'GPU', memory: 1 }],
  drives: [{ mount: '/', device: 'sda1', format: 'ext4', size: 2, free: 1, main: true }],
  interfaces: [{ name: 'eth0', mac: '02:00:00:00:00:01', addresses: ['10.0.0.1/24'] }],
  displays: [{ name: 'one', width: 4, height: 3 }],
  battery: true,
  power: ['lock'],
};
const alert = {
  id: 'a'.repeat(16),
  rule: 'r'.repeat(16),
  kind: 'process',
  device: DEVICE,
  value: null,
  threshold: null,
  process: 'nginx',
  raisedAt: 1,
  clearedAt: null,
};
const device = {
  id: DEVICE,
  name: 'desk',
  online: true,
  since: 1,
  description,
  stats,
  thumbnail: { version: 'v', width: 4, height: 3, at: 1 },
  toggles,
  screenSettings: DEFAULT_SCREEN_SETTINGS,
  terminalSettings: DEFAULT_TERMINAL_SETTINGS,
  sending: { settings: DEFAULT_SENDING_SETTINGS, own: false },
  profile: EMPTY_PROFILE,
  traits: { wakeable: false },
  alerts: 0,
  viewers: [{ id: 'v', user: 'ann', controlling: true, since: 1 }],
  capabilities: ['view', 'control'],
};
const grant = {
  device: DEVICE,
  channel: 1,
  feature: 'screen',
  viewer: 'v',
  user: 'ann',
  issued: 1,
  nonce: NONCE,
  signature: SIGNATURE,
};

/** A control message of any table. */
export interface Sample {
  type: string;
  [field: string]: unknown;
}

/** Every control message of every table, valid. */
export const CONTROL: Record<string, { table: MessageTable; messages: Sample[] }> = {
  toAgent: {
    table: toAgent,
    messages: [
      { type: 'channel.open', grant, params: { monitor: '', take: true, intervalMs: 1000 } },
      { type: 'channel.close', channel: 1, code: 'channel.closed' },
      { type: 'channel.lagged', channel: 1 },
      { type: 'terminal.settings', settings: DEFAULT_TERMINAL_SETTINGS },
      { type: 'sending.settings', settings: { ...DEFAULT_SENDING_SETTINGS, hours: { from: 480, to: 60 } } },
      { type: 'toggle.set', request: 1, feature: 'stats', on: false },
    ],
  },
  fromAgent: {
    table: fromAgent,
    messages: [
      { type: 'channel.opened', channel: 1 },
      { type: 'channel.group', channel: 1, group: GROUP_BIT + 1 },
      { type: 'channel.group', channel: 1, group: null },
      { type: 'channel.closed', channel: 1, code: 'feature.off', message: 'Off.' },
      { type: 'state', description, toggles, facts },
      { type: 'reply', request: 1, code: 'policy.denied' },
      { type: 'bye' },
    ],
  },
  handshakeToHub: {
    table: handshakeToHub,
    messages: [
      { type: 'start', version: 1, nonce: NONCE },
      {
        type: 'hello',
        publicKey: NONCE,
        signature: SIGNATURE,
        link: 'interactive',
        token: 'secret',
        name: 'desk',
        description,
        toggles,
      },
    ],
  },
  handshakeToAgent: {
    table: handshakeToAgent,
    messages: [
      { type: 'challenge', version: 1, publicKey: NONCE, nonce: NONCE, signature: SIGNATURE },
      { type: 'welcome', name: 'desk' },
      { type: 'refused', code: 'token.used', message: 'Used.' },
    ],
  },
  fromPortal: {
    table: fromPortal,
    messages: [
      { type: 'channel.open', channel: 1, ticket: 't', params: { monitor: '' } },
      { type: 'channel.close', channel: 1 },
      { type: 'subscribe' },
      { type: 'watch', stats: [DEVICE], thumbnails: [DEVICE] },
      { type: 'ping', sentAt: 1 },
    ],
  },
  toPortal: {
    table: toPortal,
    messages: [
      { type: 'welcome', viewer: 'v', session: { username: 'ann', role: 'admin' } },
      { type: 'devices', devices: [device], more: false },
      { type: 'device', device },
      { type: 'device.removed', id: DEVICE },
      { type: 'device.stats', id: DEVICE, stats },
      { type: 'alerts', alerts: [alert] },
      { type: 'channel.opened', channel: 1 },
      { type: 'channel.closed', channel: 1, code: 'feature.off', message: 'Off.' },
      { type: 'control.offered', device: DEVICE, from: 'ann' },
      { type: 'preferences.changed', part: 'appearance' },
      { type: 'product', product: { title: 'Lab', logo: null } },
      { type: 'session.ended', code: 'auth.session-ended' },
      { type: 'pong', sentAt: 1 },
    ],
  },
};

const monitors = [{ id: 'a', name: 'A', x: 0, y: 0, width: 64, height: 48 }];
const cost = { capturedAt: 1, captureMs: 1, encodeMs: 1 };
const indices = Uint8Array.from({ length: 512 }, (_, n) => n % 3);
const deltas = Uint8Array.from({ length: 300 }, (_, n) => (n * 37) & 255);
const rects = [
  { x: 0, y: 0, width: 4, height: 4, coder: Coder.solid, bytes: Uint8Array.of(1, 2, 3) },
  {
    x: 4,
    y: 4,
    width: 32,
    height: 16,
    coder: Coder.palette,
    bytes: Uint8Array.of(2, 1, 1, 1, 2, 2, 2, 3, 3, 3, ...deflateRawSync(indices)),
  },
  { x: 9, y: 0, width: 10, height: 10, coder: Coder.rgb, bytes: deflateRawSync(deltas) },
  { x: 0, y: 0, width: 256, height: 256, coder: Coder.rgb, bytes: deflateRawSync(new Uint8Array(196_608)) },
];

/** Every binary message, valid, by what decodes it. */
export const BINARY = {
  frame: [
    encodeData(1, Uint8Array.of(1, 2, 3), true),
    encodeData(GROUP_BIT + 1, new Uint8Array(0)),
    encodeCredit(1, 99),
  ],
  screen: [
    encodeScreen({ type: 'state', state: { display: 'ok', width: 64, height: 48, monitor: '', monitors } }),
    encodeScreen({ type: 'update', seq: 1, last: false, exact: false, delayAck: false, ...cost, rects }),
    encodeScreen({ type: 'update', seq: 1, last: true, exact: true, delayAck: true, ...cost, rects: [] }),
    encodeScreen({ type: 'cursor', width: 2, height: 2, hotX: 1, hotY: 1, rgba: new Uint8Array(16) }),
    encodeScreen({ type: 'pointer', x: -1, y: 5 }),
    encodeScreen({ type: 'pong', sentAt: 1, deviceAt: 2 }),
  ],
  screenReply: [
    encodeScreenReply({ type: 'ack', seq: 1, decodeMs: 1, paintMs: 1 }),
    encodeScreenReply({ type: 'ping', sentAt: 1 }),
    encodeScreenReply({ type: 'refresh' }),
  ],
  input: [
    encodeInput({ type: 'move', x: 1, y: 2 }),
    encodeInput({ type: 'button', button: 1, down: true, x: 1, y: 2 }),
    encodeInput({ type: 'wheel', dx: -120, dy: 120, x: 1, y: 2 }),
    encodeInput({ type: 'key', down: true, keysym: 97, code: 'KeyA' }),
    encodeInput({ type: 'text', text: 'ß漢🙂' }),
    encodeInput({ type: 'release' }),
  ],
  file: [
    encodeFileMessage({ type: 'item', json: { path: '/ä\n', offset: 0, follow: false } }),
    encodeFileMessage({ type: 'bytes', bytes: deltas }),
    encodeFileMessage({ type: 'bytes', bytes: new Uint8Array(0) }),
    encodeFileMessage({ type: 'done', json: { offset: 5, state: 'receiving' } }),
    encodeFileMessage({ type: 'done', json: null }),
  ],
  thumbnail: [encodeThumbnail({ width: 4, height: 3, jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0, 1, 2) })],
};
