import {
  Credit,
  CreditLedger,
  capabilityFor,
  ERRORS,
  type ErrorCode,
  encodeCredit,
  encodeData,
  encodeDataParts,
  FEATURES,
  type FeatureName,
  type Frame,
  type Grant,
  grantProof,
  PortholeError,
  windowOf,
} from '@porthole/protocol';
import { verifyText } from './deviceIdentity.ts';
import type { HubLink } from './hubLink.ts';
import type { OwnerPolicy } from './ownerPolicy.ts';

/** What a feature does with one open channel. */
export interface ChannelListener {
  /**
   * A message of the viewer. A thrown `WireError` or `PortholeError` closes the channel with that reason. On a reliable
   * channel the viewer may send more once the message is dealt with: now, or when the promise resolves.
   */
  message(payload: Uint8Array): void | Promise<void>;
  /** The viewer missed something and has room again: send it a whole, beginning with a sync message. Lossy channels only. */
  lagged?(): void;
  /** The viewer allowed so many bytes more; `HostChannel.credit` has them already. Reliable channels only. */
  granted?(bytes: number): void;
  /** The channel is over, whoever ended it. */
  closed(): void;
}

/** A feature's room on the agent. */
export interface FeatureHandler {
  /** Takes a channel over; answers it with `accept` now or later. Throws `PortholeError` to refuse. */
  open(channel: HostChannel): ChannelListener;
}

interface Carrier {
  send: HubLink['send'];
  sendFrame: HubLink['sendFrame'];
}

/** One open channel as its feature sees it. */
export class HostChannel {
  readonly id: number;
  readonly feature: FeatureName;
  readonly viewer: string;
  readonly user: string;
  readonly params: Record<string, string | number | boolean>;
  readonly credit: Credit;
  readonly #carrier: Carrier;
  readonly #end: (code: ErrorCode) => void;

  constructor(grant: Grant, params: HostChannel['params'], carrier: Carrier, end: (code: ErrorCode) => void) {
    this.id = grant.channel;
    this.feature = grant.feature;
    this.credit = new Credit(windowOf(grant.feature));
    this.viewer = grant.viewer;
    this.user = grant.user;
    this.params = params;
    this.#carrier = carrier;
    this.#end = end;
  }

  /** Tells the viewer that the channel is open. */
  accept(): void {
    this.#carrier.send({ type: 'channel.opened', channel: this.id });
  }

  /** What is sent to the group from here on reaches this channel too; null takes it out again. */
  join(group: number | null): void {
    this.#carrier.send({ type: 'channel.group', channel: this.id, group });
  }

  /** `sync`: on a lossy channel, this message stands alone. */
  send(payload: Uint8Array, sync = false): void {
    this.#carrier.sendFrame(encodeData(this.id, payload, sync));
  }

  /** A data frame of this channel that is encoded already. It belongs to the connection from here on. */
  sendFrame(frame: Uint8Array): void {
    this.#carrier.sendFrame(frame);
  }

  /** One message in parts, which are copied once; for content that is large. */
  sendParts(parts: readonly Uint8Array[]): void {
    this.#carrier.sendFrame(encodeDataParts(this.id, parts));
  }

  /** One message to every member of a group. */
  sendGroup(group: number, payload: Uint8Array, sync: boolean): void {
    this.#carrier.sendFrame(encodeData(group, payload, sync));
  }

  close(code: ErrorCode): void {
    this.#end(code);
  }
}

interface Entry {
  channel: HostChannel;
  listener: ChannelListener;
  ledger: CreditLedger;
}

export interface ChannelHostOptions {
  deviceId: string;
  hubKey: string;
  kind: 'interactive' | 'bulk';
  policy: OwnerPolicy;
  /** False while somebody, or the time of day, has it switched off. */
  isOn: (feature: FeatureName, params: HostChannel['params']) => boolean;
  handlers: Record<FeatureName, FeatureHandler>;
  carrier: Carrier;
}

/**
 * The channels of one connection to the hub. Every one is checked here once more: the hub's signature over exactly this
 * connection, the owner's policy, the toggle. The hub is trusted for less than it may ask.
 */
export class ChannelHost {
  readonly #options: ChannelHostOptions;
  readonly #entries = new Map<number, Entry>();
  #binding = '';
  #lastChannel = 0;

  constructor(options: ChannelHostOptions) {
    this.#options = options;
  }

  /** A new connection: grants of an earlier one are void. */
  reset(binding: string): void {
    this.closeAll();
    this.#binding = binding;
    this.#lastChannel = 0;
  }

  open(grant: Grant, params: Record<string, string | number | boolean>): void {
    try {
      this.#start(grant, this.#check(grant, params));
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      this.#say(grant.channel, error.code, error.message);
    }
  }

  /** The hub closed the channel. */
  release(id: number): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.listener.closed();
  }

  lagged(id: number): void {
    this.#entries.get(id)?.listener.lagged?.();
  }

  receive(frame: Frame): void {
    const entry = this.#entries.get(frame.channel);
    if (!entry) return;
    if (frame.type === 'credit') {
      entry.channel.credit.grant(frame.bytes);
      return entry.listener.granted?.(frame.bytes);
    }
    try {
      const dealtWith = entry.listener.message(frame.payload);
      if (FEATURES[entry.channel.feature].delivery !== 'reliable') return;
      if (!dealtWith) return this.#consumed(entry, frame.payload.byteLength);
      dealtWith.then(
        () => this.#consumed(entry, frame.payload.byteLength),
        (error: unknown) => this.#endWith(entry, error),
      );
    } catch (error) {
      this.#endWith(entry, error);
    }
  }

  #consumed({ channel, ledger }: Entry, bytes: number): void {
    const grant = ledger.consume(bytes);
    if (grant > 0 && this.#isOpen(channel)) this.#options.carrier.sendFrame(encodeCredit(channel.id, grant));
  }

  #endWith({ channel }: Entry, error: unknown): void {
    if (this.#isOpen(channel)) this.#end(channel.id, error instanceof PortholeError ? error.code : 'message.invalid');
  }

  /** False too when a later connection uses the number again. */
  #isOpen(channel: HostChannel): boolean {
    return this.#entries.get(channel.id)?.channel === channel;
  }

  /** Ends every channel that may not be open any more, for instance because its feature was switched off. */
  closeOff(): void {
    for (const [id, { channel }] of [...this.#entries]) {
      if (!this.#options.isOn(channel.feature, channel.params)) this.#end(id, 'feature.off');
    }
  }

  /** The connection is gone: so are the channels, without a word to the hub. */
  closeAll(): void {
    for (const id of [...this.#entries.keys()]) this.release(id);
  }

  /** Answers the parameters with what was left out filled in. */
  #check(grant: Grant, params: object): HostChannel['params'] {
    const { deviceId, hubKey, kind, policy, isOn } = this.#options;
    const spec = FEATURES[grant.feature];
    // Channel ids only ever rise, so a grant cannot be used twice on the connection that it is signed for.
    const fresh = grant.device === deviceId && grant.channel > this.#lastChannel;
    if (!fresh || !verifyText(hubKey, grantProof(grant, this.#binding), grant.signature)) {
      throw new PortholeError('grant.invalid');
    }
    this.#lastChannel = grant.channel;
    const parsed = spec.params.safeParse(params);
    if (!parsed.success || spec.link !== kind) throw new PortholeError('request.invalid');
    if (!policy.allows(capabilityFor(grant.feature, parsed.data))) throw new PortholeError('policy.denied');
    if (!isOn(grant.feature, parsed.data)) throw new PortholeError('feature.off');
    return parsed.data;
  }

  #start(grant: Grant, params: HostChannel['params']): void {
    const { carrier, handlers } = this.#options;
    const channel = new HostChannel(grant, params, carrier, (code) => this.#end(grant.channel, code));
    const listener = handlers[grant.feature].open(channel);
    this.#entries.set(grant.channel, { channel, listener, ledger: new CreditLedger(windowOf(grant.feature)) });
  }

  #end(id: number, code: ErrorCode): void {
    if (!this.#entries.has(id)) return;
    this.release(id);
    this.#say(id, code, ERRORS[code].message);
  }

  #say(channel: number, code: ErrorCode, message: string): void {
    this.#options.carrier.send({ type: 'channel.closed', channel, code, message });
  }
}
