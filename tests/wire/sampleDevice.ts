import { encodeData, parseToken, type StatsSample, toAgent } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { createToken, type Hub } from '../support/hub.ts';
import { type DeviceKeys, deviceKeys, WireAgent } from './wireAgent.ts';

/** How the hub wants samples. */
export interface SampleFeed {
  channel: number;
  params: Record<string, string | number | boolean>;
}

/** A device under a test's hand that tells how it is whenever, and whatever, the test wants. */
export class SampleDevice implements Disposable {
  readonly #hub: Hub;
  readonly #keys: DeviceKeys = deviceKeys();
  #hubKey = '';
  #agent: WireAgent | undefined;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Enrols it, under that name. */
  async enrol(name: string): Promise<this> {
    const token = await createToken(this.#hub);
    this.#hubKey = parseToken(token).hubKey;
    this.#agent = await WireAgent.enrol(this.#hub.url, token, { keys: this.#keys, name });
    return this;
  }

  /** Comes back, as after a lost connection. */
  async reconnect(): Promise<void> {
    this.#agent?.socket.terminate();
    this.#agent = await WireAgent.connect(this.#hub.url);
    this.#agent.say(await this.#agent.hello({ keys: this.#keys, hubKey: this.#hubKey }));
    await this.#agent.heard('welcome');
  }

  /** Resolves with the feed that is open, once its parameters fit. */
  async feed(fits: (params: SampleFeed['params']) => boolean = () => true): Promise<SampleFeed> {
    return await eventually('the hub asks for samples', () => {
      const open = (this.#agent?.texts ?? []).flatMap((text) => {
        const { data } = toAgent['channel.open'].schema.safeParse(JSON.parse(text));
        return data?.grant.feature === 'stats' ? [{ channel: data.grant.channel, params: data.params }] : [];
      });
      const last = open.at(-1);
      return last && !this.isClosed(last.channel) && fits(last.params) ? last : undefined;
    });
  }

  isClosed(channel: number): boolean {
    return (this.#agent?.texts ?? []).some((text) => text.includes(`"channel.close","channel":${channel},`));
  }

  sample({ channel }: SampleFeed, sample: Partial<StatsSample>): void {
    this.raw(channel, { at: Date.now(), cpu: 0.1, memory: { used: 1_000, total: 2_000 }, ...sample });
  }

  raw(channel: number, json: unknown): void {
    const text = typeof json === 'string' ? json : JSON.stringify(json);
    this.#agent?.socket.send(encodeData(channel, Buffer.from(text), true));
  }

  [Symbol.dispose](): void {
    this.#agent?.[Symbol.dispose]();
  }
}
