import type { Description, DeviceFacts, StatsSample } from '@porthole/protocol';

const MODELS = [
  ['LENOVO', 'ThinkCentre M75q'],
  ['Dell Inc.', 'OptiPlex 7090'],
  ['Raspberry Pi', 'Raspberry Pi 5 Model B'],
  ['ASUS', 'PRIME B550-PLUS'],
] as const;
const SYSTEMS = ['Debian GNU/Linux 12', 'Ubuntu 24.04 LTS', 'Fedora Linux 41', 'Raspberry Pi OS 12'] as const;
const GIB = 2 ** 30;

/** What the device of that number says of itself. */
export function descriptionOf(index: number): Description {
  const system = pick(SYSTEMS, index);
  return { hostname: `host-${index}`, system, architecture: 'x64', version: '0.1.0' };
}

/** The size of what a real machine tells. */
export function factsOf(index: number): DeviceFacts {
  const [maker, model] = pick(MODELS, index);
  const mac = `3c:6a:d2:00:${hex(index >> 8)}:${hex(index)}`;
  const addresses = [`10.7.${index >> 8}.${index & 255}/16`, `fe80::3e6a:d2ff:fe00:${index.toString(16)}/64`];
  return {
    maker,
    model,
    kernel: '6.12.57+deb12-amd64',
    bootedAt: 1_760_000_000_000 + index * 60_000,
    timeZone: 60,
    users: ['ann'],
    cpu: { model: '8-core processor at 3.6 GHz', cores: 8, threads: 16 },
    memory: 16 * GIB,
    gpus: [{ name: 'Integrated graphics' }],
    drives: [
      { mount: '/', device: 'nvme0n1p2', format: 'ext4', size: 500 * GIB, free: (index % 400) * GIB, main: true },
      { mount: '/home', device: 'nvme0n1p3', format: 'ext4', size: 900 * GIB, free: 300 * GIB, main: false },
    ],
    interfaces: [
      { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
      { name: 'enp2s0', mac, addresses },
    ],
    displays: [{ name: 'HDMI-1', width: 1920, height: 1080 }],
    battery: false,
    power: ['lock', 'sleep', 'restart', 'shutDown'],
  };
}

/** A sample as a real agent sends it; `top` in those for the record. */
export function sampleOf(index: number, { withTop }: { withTop: boolean }): StatsSample {
  const at = Date.now();
  const wave = Math.abs(Math.sin(at / 30_000 + index));
  const top = ['firefox', 'code', 'gnome-shell', 'Xorg', 'node', 'postgres'].map((name, place) => ({
    pid: 1_000 + place * 17 + index,
    name,
    cpu: round(wave / (place + 1)),
    memory: 600_000_000 - place * 90_000_000,
  }));
  return {
    at,
    cpu: round(wave),
    memory: { used: Math.round((4 + wave * 8) * GIB), total: 16 * GIB },
    swap: { used: 0, total: 4 * GIB },
    load: round(wave * 8),
    disk: { used: (500 - (index % 400)) * GIB, total: 500 * GIB },
    io: { read: Math.round(wave * 1e6), written: Math.round(wave * 5e5) },
    network: { received: Math.round(wave * 1e5), sent: Math.round(wave * 3e4) },
    temperature: round(40 + wave * 30),
    ...(withTop && { top }),
  };
}

function pick<First, Rest>(items: readonly [First, ...Rest[]], index: number): First | Rest {
  return items[index % items.length] ?? items[0];
}

function hex(number: number): string {
  return (number & 255).toString(16).padStart(2, '0');
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
