import { randomBytes } from 'node:crypto';
import {
  type Description,
  type DeviceFacts,
  ERRORS,
  type ErrorCode,
  type FeatureName,
  type Frame,
  fromAgent,
  GROUP_BIT,
  type Grant,
  grantProof,
  LIMITS,
  type MessageOf,
  PortholeError,
  parseMessage,
  type Toggles,
  type toAgent,
} from '@porthole/protocol';
import { AgentChannel, type ChannelSink } from '../relay/agentChannel.ts';
import type { LinkSocket } from '../relay/linkSocket.ts';
import { wireBytes } from '../relay/wireBytes.ts';

/** What an agent says of itself after the handshake. */
export interface AgentEvents {
  state(state: {
    description?: Description | undefined;
    toggles?: Toggles | undefined;
    facts?: DeviceFacts | undefined;
  }): void;
  /** Bytes came that belong to a channel of the feature, or to none. */
  received?(feature: FeatureName | undefined, bytes: number): void;
}

export interface ChannelRequest {
  feature: FeatureName;
  params: Record<string, string | number | boolean>;
  viewer: string;
  user: string;
}

export interface AgentLinkOptions {
  deviceId: string;
  kind: 'interactive' | 'bulk';
  /** TLS exporter of this connection; ties every grant to it. */
  binding: string;
  sign: (text: string) => string;
  events: AgentEvents;
}

/** Channels on one connection at once, and those of them that are one user's: nobody closes a device to all others. */
const MAX_CHANNELS = LIMITS.channelsPerLink * 8;
const MAX_OF_ONE = MAX_CHANNELS / 2;

/** One authenticated connection of an agent: the channels on it, and the few commands that are not a channel. */
export class AgentLink {
  readonly deviceId: string;
  readonly kind: 'interactive' | 'bulk';
  readonly #options: AgentLinkOptions;
  readonly #socket: LinkSocket;
  readonly #channels = new Map<number, AgentChannel>();
  readonly #groups = new Map<number, Set<AgentChannel>>();
  readonly #requests = new Map<number, PromiseWithResolvers<void>>();
  #next = 1;
  #saidBye = false;

  constructor(socket: LinkSocket, options: AgentLinkOptions) {
    this.#socket = socket;
    this.#options = options;
    this.deviceId = options.deviceId;
    this.kind = options.kind;
  }

  /** Whether the agent said that it leaves. */
  get saidBye(): boolean {
    return this.#saidBye;
  }

  /** Opens a channel to the device; what becomes of it is told to `sink`. Throws `channel.limit`. */
  open(request: ChannelRequest, sink: ChannelSink): AgentChannel {
    if (this.#channels.size >= MAX_CHANNELS || this.#countOf(request.user) >= MAX_OF_ONE)
      throw new PortholeError('channel.limit');
    const id = this.#next++;
    const channel = new AgentChannel(id, request, sink, {
      carrier: this.#socket,
      release: () => this.#forget(channel),
    });
    this.#channels.set(id, channel);
    this.#socket.send({ type: 'channel.open', grant: this.#grant(id, request), params: request.params });
    return channel;
  }

  /** Says something that is not about a channel and needs no answer. */
  tell(message: MessageOf<typeof toAgent>): void {
    this.#socket.send(message);
  }

  /** There and back, in ms; undefined when it is closed, or too many ask. */
  roundTrip(): Promise<number | undefined> {
    return this.#socket.roundTrip();
  }

  /** The shortest that was measured so far, in ms. */
  get shortestRoundTrip(): number | undefined {
    return this.#socket.shortestRoundTrip;
  }

  /** Switches a feature on or off on the device; resolves when the device has remembered it. */
  async setToggle(feature: FeatureName, on: boolean): Promise<void> {
    const request = this.#next++;
    const answer = Promise.withResolvers<void>();
    this.#requests.set(request, answer);
    const timer = setTimeout(() => answer.reject(new PortholeError('device.timeout')), LIMITS.requestMs);
    this.#socket.send({ type: 'toggle.set', request, feature, on });
    try {
      await answer.promise;
    } finally {
      clearTimeout(timer);
      this.#requests.delete(request);
    }
  }

  close(code: ErrorCode): void {
    this.#socket.close(code);
  }

  receivedText(text: string): void {
    this.#options.events.received?.(undefined, wireBytes(Buffer.byteLength(text)));
    const message = parseMessage(fromAgent, text);
    switch (message.type) {
      case 'channel.opened':
        return this.#channels.get(message.channel)?.sink.opened();
      case 'channel.group':
        return this.#regroup(message);
      case 'channel.closed': {
        const channel = this.#channels.get(message.channel);
        if (!channel) return;
        this.#forget(channel);
        channel.sink.closed(message.code, message.message);
        return;
      }
      case 'state':
        return this.#options.events.state(message);
      case 'reply': {
        const answer = this.#requests.get(message.request);
        if (message.code) answer?.reject(new PortholeError(message.code));
        else answer?.resolve();
        return;
      }
      case 'bye':
        this.#saidBye = true;
        return this.close('channel.closed');
    }
  }

  /** A heartbeat of that many bytes came. */
  receivedPulse(bytes: number): void {
    this.#options.events.received?.(undefined, wireBytes(bytes));
  }

  receivedFrame(frame: Frame, raw: Uint8Array): void {
    this.#options.events.received?.(this.#channelOf(frame)?.feature, wireBytes(raw.byteLength));
    if (frame.type === 'credit') {
      this.#channels.get(frame.channel)?.sink.credit(frame.bytes);
    } else if (frame.channel >= GROUP_BIT) {
      for (const channel of this.#groups.get(frame.channel) ?? []) channel.sink.data(raw, frame.sync);
    } else {
      this.#channels.get(frame.channel)?.sink.data(raw, frame.sync);
    }
  }

  /** The connection is gone: so is every channel and every open question. */
  ended(): void {
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    this.#groups.clear();
    for (const channel of channels) channel.sink.closed('device.offline', ERRORS['device.offline'].message);
    for (const answer of this.#requests.values()) answer.reject(new PortholeError('device.offline'));
  }

  #countOf(user: string): number {
    return [...this.#channels.values()].filter((channel) => channel.user === user).length;
  }

  /** What comes for a group is for one feature, and counts once. */
  #channelOf({ channel: id }: Frame): AgentChannel | undefined {
    if (id < GROUP_BIT) return this.#channels.get(id);
    const [first] = this.#groups.get(id) ?? [];
    return first;
  }

  #regroup({ channel: id, group }: Extract<MessageOf<typeof fromAgent>, { type: 'channel.group' }>): void {
    const channel = this.#channels.get(id);
    if (!channel) return;
    this.#leave(channel);
    if (group === null) return;
    channel.group = group;
    const members = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, members.add(channel));
  }

  #leave(channel: AgentChannel): void {
    if (channel.group === undefined) return;
    const members = this.#groups.get(channel.group);
    members?.delete(channel);
    if (members?.size === 0) this.#groups.delete(channel.group);
    channel.group = undefined;
  }

  #forget(channel: AgentChannel): void {
    this.#channels.delete(channel.id);
    this.#leave(channel);
  }

  #grant(channel: number, { feature, viewer, user }: ChannelRequest): Grant {
    const unsigned = {
      device: this.deviceId,
      channel,
      feature,
      viewer,
      user,
      issued: Date.now(),
      nonce: randomBytes(32).toString('base64url'),
    };
    return { ...unsigned, signature: this.#options.sign(grantProof(unsigned, this.#options.binding)) };
  }
}
