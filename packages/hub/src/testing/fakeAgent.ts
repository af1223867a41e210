import { ALL_ON, decodeFrame, type Frame } from '@porthole/protocol';
import { AgentLink } from '../base/agentLink/agentLink.ts';
import type { FromHub, LinkSocket } from '../base/relay/linkSocket.ts';
import { UNARRANGED } from '../devices/deviceRows.ts';
import type { DeviceDirectory } from '../devices/directory.ts';

/** What an agent of a test's own hears of the hub. */
export interface FakeAgentEvents {
  control(message: FromHub): void;
  /** In a turn of its own, as from a network. */
  frame(frame: Frame): void;
}

/** An agent without a socket: one connection for both kinds of traffic, which it makes, breaks and speaks on as it is told. */
export class FakeAgent {
  readonly #id: string;
  readonly #directory: DeviceDirectory;
  readonly #events: FakeAgentEvents;
  #link: AgentLink | undefined;

  /** Its device is enrolled, and not connected yet. */
  constructor(directory: DeviceDirectory, { id, name = id }: { id: string; name?: string }, events: FakeAgentEvents) {
    this.#id = id;
    this.#directory = directory;
    this.#events = events;
    const description = { hostname: '', system: '', architecture: '', version: '' };
    const rest = { ...UNARRANGED, facts: null, stats: null, thumbnail: null, lastSeen: 0, createdAt: 0 };
    directory.enrolled({ id, publicKey: '', name, description, toggles: ALL_ON, ...rest });
  }

  /** It is online, and has not made the connection for files yet. */
  announce(): void {
    this.#directory.get(this.#id).interactive = this.#newLink('interactive');
    this.#directory.changed(this.#id);
  }

  connect(): void {
    this.#link = this.#newLink('bulk');
    this.#attach(this.#link);
  }

  /** Its connection ends, after a goodbye if it said one. */
  drop(): void {
    this.#attach(undefined);
    this.#link?.ended();
  }

  /** What a device says on its connection, as the hub hears it. */
  say(message: object): void {
    this.#link?.receivedText(JSON.stringify(message));
  }

  frame(frame: Uint8Array): void {
    this.#link?.receivedFrame(decodeFrame(frame), frame);
  }

  #newLink(kind: 'interactive' | 'bulk'): AgentLink {
    const socket = {
      buffered: 0,
      send: (message: FromHub) => this.#events.control(message),
      sendFrame: (frame: Uint8Array) => setImmediate(() => this.#events.frame(decodeFrame(frame))),
      roundTrip: async () => undefined,
      close: () => undefined,
    };
    return new AgentLink(socket as unknown as LinkSocket, {
      deviceId: this.#id,
      kind,
      binding: 'b',
      sign: () => 's'.repeat(86),
      events: { state: () => undefined },
    });
  }

  #attach(link: AgentLink | undefined): void {
    const device = this.#directory.get(this.#id);
    device.bulk = link;
    device.interactive = link;
    device.saidBye = link === undefined && this.#link?.saidBye === true;
    this.#directory.changed(this.#id);
  }
}
