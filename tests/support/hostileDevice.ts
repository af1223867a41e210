import {
  type DeviceFacts,
  encodeData,
  type HealthSample,
  type ProcessNews,
  parseToken,
  type StatsSample,
} from '@porthole/protocol';
import { deviceKeys } from './deviceKeys.ts';
import { FleetLink } from './fleet/fleetLink.ts';
import { HostileTexts } from './hostileTexts.ts';

interface ChannelOpen {
  grant: { channel: number; feature: string };
  params: { operation?: string };
}

const GIB = 2 ** 30;

/** A device that says hostile things wherever it may say something, within what the hub takes. */
export class HostileDevice implements Disposable {
  readonly #texts: HostileTexts;
  readonly #links: FleetLink[] = [];

  private constructor(first: number) {
    this.#texts = new HostileTexts(first);
  }

  /** `first` is the number of the text that its first field has. */
  static async connect(
    url: string,
    token: string,
    { name, first }: { name: string; first: number },
  ): Promise<HostileDevice> {
    const { secret, hubKey } = parseToken(token);
    const device = new HostileDevice(first);
    const text = (limit: number) => device.#texts.next(limit);
    const description = { hostname: text(255), system: text(120), architecture: text(32), version: text(32) };
    const options = { hubUrl: url, hubKey, keys: deviceKeys(), name, description };
    const open = async (kind: 'interactive' | 'bulk', secretOnce?: string) => {
      const heard = (message: { type: string }) => {
        if (message.type === 'channel.open') setImmediate(() => device.#open(message as unknown as ChannelOpen, link));
      };
      const link: FleetLink = await FleetLink.open({ ...options, kind, token: secretOnce, heard });
      device.#links.push(link);
      return link;
    };
    const interactive = await open('interactive', secret);
    interactive.tell({ type: 'state', facts: device.#facts() });
    await open('bulk');
    return device;
  }

  [Symbol.dispose](): void {
    for (const link of this.#links) link.close();
  }

  #open({ grant: { channel, feature }, params: { operation } }: ChannelOpen, link: FleetLink): void {
    if (feature !== 'stats') {
      link.tell({ type: 'channel.closed', channel, code: 'feature.unsupported', message: this.#texts.next(200) });
      return;
    }
    link.tell({ type: 'channel.opened', channel });
    const said =
      operation === 'health' ? this.#health() : operation === 'processes' ? this.#processes() : this.#sample();
    link.sendFrame(encodeData(channel, Buffer.from(JSON.stringify(said)), true));
  }

  #sample(): StatsSample {
    const top = Array.from({ length: 6 }, (_, pid) => ({ pid, name: this.#texts.next(64), cpu: 1, memory: GIB }));
    return { at: Date.now(), cpu: 0.5, memory: { used: GIB, total: 2 * GIB }, temperature: 999, top };
  }

  #health(): HealthSample {
    const many = <T>(make: (name: string) => T): T[] =>
      Array.from({ length: HostileTexts.count }, () => make(this.#texts.next(256)));
    return {
      at: Date.now(),
      cpu: 0.5,
      cores: Array.from({ length: 256 }, () => ({ busy: 0.5, mhz: 9_999 })),
      load: [99_999, 99_999, 99_999],
      memory: { used: 2 ** 60, total: 2 ** 61 },
      disks: many((name) => ({ mount: `/${name}`, used: 2 ** 60, total: 2 ** 61 })),
      drives: many((name) => ({ name, read: 2 ** 50, written: 2 ** 50 })),
      interfaces: many((name) => ({ name, received: 2 ** 50, sent: 2 ** 50 })),
      temperatures: many((name) => ({ name, celsius: -200 })),
      fans: many((name) => ({ name, rpm: 999_999 })),
      gpus: many((name) => ({ name, busy: 1, memory: { used: GIB, total: GIB }, celsius: 999 })),
      battery: { charge: 1, charging: true, minutesLeft: 999_999 },
    };
  }

  #processes(): ProcessNews {
    const rows = Array.from({ length: HostileTexts.count * 2 }, (_, index) => ({
      pid: 4_000_000 + index,
      parent: index === 0 ? 0 : 4_000_000 + index - 1,
      name: this.#texts.next(256),
      command: this.#texts.next(512),
      user: this.#texts.next(256),
      state: this.#texts.next(16),
      cpu: 999,
      memory: 2 ** 50,
      started: 8.64e15,
    }));
    return { at: Date.now(), whole: true, more: false, rows, gone: [] };
  }

  #facts(): DeviceFacts {
    const text = (limit = 256) => this.#texts.next(limit);
    const many = <T>(make: () => T): T[] => Array.from({ length: HostileTexts.count }, make);
    return {
      maker: text(),
      model: text(),
      kernel: text(),
      virtualisation: text(),
      bootedAt: 8.64e15,
      users: many(() => text()),
      cpu: { model: text(), cores: 1_000_000, threads: 1_000_000 },
      memory: 2 ** 60,
      gpus: many(() => ({ name: text() })),
      drives: many(() => ({ mount: text(1_024), device: text(), format: text(), size: 2 ** 60, free: 1, main: false })),
      interfaces: many(() => ({ name: text(), mac: 'aa:bb:cc:dd:ee:ff', addresses: [text(64), text(64)] })),
      displays: many(() => ({ name: text(), width: 99_999_999, height: 99_999_999 })),
      battery: true,
      power: ['lock', 'sleep', 'restart', 'shutDown'],
    };
  }
}
