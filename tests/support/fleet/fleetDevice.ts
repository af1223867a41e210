import { encodeData } from '@porthole/protocol';
import { deviceKeys } from '../deviceKeys.ts';
import { descriptionOf, factsOf, sampleOf } from './fleetFigures.ts';
import { FleetLink } from './fleetLink.ts';
import type { FleetPictures } from './fleetPictures.ts';

/** Where simulated devices connect to; `token` is the secret of an enrolment token, `hubKey` the key in it. */
export interface FleetHub {
  url: string;
  hubKey: string;
  token: string;
}

interface ChannelOpen {
  grant: { channel: number; feature: string };
  params: { intervalMs?: number };
}

/** Of so many looks at its screen, one finds another picture. */
const LOOKS_PER_PICTURE = 5;
/** Samples slower than this one carry what was busiest, in ms. */
const TOP_MS = 10_000;

/** One device that is not there: enrolled and connected like a real one, with samples, facts and small pictures, and nothing behind. */
export class FleetDevice {
  readonly #index: number;
  readonly #pictures: FleetPictures;
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #links: FleetLink[] = [];

  private constructor(index: number, pictures: FleetPictures) {
    this.#index = index;
    this.#pictures = pictures;
  }

  static async connect(hub: FleetHub, index: number, pictures: FleetPictures): Promise<FleetDevice> {
    const device = new FleetDevice(index, pictures);
    const [keys, name, description] = [deviceKeys(), `sim-${String(index).padStart(4, '0')}`, descriptionOf(index)];
    const options = { hubUrl: hub.url, hubKey: hub.hubKey, keys, name, description };
    const open = async (kind: 'interactive' | 'bulk', token?: string) => {
      const heard = (message: { type: string }) => device.#heard(message, () => link);
      const link: FleetLink = await FleetLink.open({ ...options, kind, token, heard });
      device.#links.push(link);
      return link;
    };
    const interactive = await open('interactive', hub.token);
    interactive.tell({ type: 'state', facts: factsOf(index) });
    await open('bulk');
    return device;
  }

  get isOnline(): boolean {
    return this.#links.length === 2 && this.#links.every(({ isOpen }) => isOpen);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const link of this.#links) link.close();
  }

  #heard(message: { type: string }, link: () => FleetLink): void {
    // Channels may be asked for in the very message after the welcome.
    if (message.type === 'channel.open') setImmediate(() => this.#open(message as unknown as ChannelOpen, link()));
    else if (message.type === 'channel.close') this.#end((message as unknown as { channel: number }).channel);
  }

  #open({ grant: { channel, feature }, params: { intervalMs = 1_000 } }: ChannelOpen, link: FleetLink): void {
    const send = this.#feed(feature, intervalMs);
    if (!send) {
      link.tell({ type: 'channel.closed', channel, code: 'feature.unsupported', message: 'Not simulated.' });
      return;
    }
    link.tell({ type: 'channel.opened', channel });
    const step = () => {
      if (!link.isOpen) return;
      const payload = send();
      if (payload) link.sendFrame(encodeData(channel, payload, true));
      this.#timers.set(channel, setTimeout(step, intervalMs));
    };
    // A fleet that speaks in one breath would be no test of anything real.
    this.#timers.set(channel, setTimeout(step, (this.#index * 7) % intervalMs));
  }

  /** What a channel of the feature sends each time; undefined for what is not simulated. */
  #feed(feature: string, intervalMs: number): (() => Uint8Array | undefined) | undefined {
    if (feature === 'stats') {
      return () => Buffer.from(JSON.stringify(sampleOf(this.#index, { withTop: intervalMs >= TOP_MS })));
    }
    if (feature !== 'thumbnail') return undefined;
    let looks = 0;
    return () => (looks++ % LOOKS_PER_PICTURE === 0 ? this.#pictures.next(this.#index) : undefined);
  }

  #end(channel: number): void {
    clearTimeout(this.#timers.get(channel));
    this.#timers.delete(channel);
  }
}
