import { type ErrorCode, encodeCredit, encodeData, encodeDataParts, type FeatureName } from '@porthole/protocol';
import type { FromHub } from './linkSocket.ts';

/** Who reads a channel on the hub: a viewer's connection, or the hub itself. */
export interface ChannelSink {
  opened(): void;
  /** One data frame of the device. `frame` is the whole frame, addressed as the agent sent it; valid during the call only. */
  data(frame: Uint8Array, sync: boolean): void;
  /** The device may be sent `bytes` more. */
  credit(bytes: number): void;
  /** Exactly once, unless the sink itself closed the channel. */
  closed(code: ErrorCode, message: string): void;
}

/** What a channel needs of the agent's connection. */
export interface AgentCarrier {
  readonly buffered: number;
  send(message: FromHub): void;
  sendFrame(frame: Uint8Array): void;
}

/** Unsent bytes towards one agent beyond which messages that may be lost are. */
const MAX_BACKLOG = 1024 * 1024;

/** The agent's half of one channel. */
export class AgentChannel {
  readonly id: number;
  readonly feature: FeatureName;
  /** For whom it is. */
  readonly user: string;
  readonly sink: ChannelSink;
  /** The group whose frames reach this channel too; set by the agent. */
  group: number | undefined;
  readonly #carrier: AgentCarrier;
  readonly #release: () => void;

  constructor(
    id: number,
    { feature, user }: { feature: FeatureName; user: string },
    sink: ChannelSink,
    link: { carrier: AgentCarrier; release: () => void },
  ) {
    this.id = id;
    this.feature = feature;
    this.user = user;
    this.sink = sink;
    this.#carrier = link.carrier;
    this.#release = link.release;
  }

  /** Sends on a reliable channel; the caller has checked the credit. */
  send(payload: Uint8Array): void {
    this.#carrier.sendFrame(encodeData(this.id, payload));
  }

  /** The same for a payload in parts, which are copied once. */
  sendParts(parts: readonly Uint8Array[]): void {
    this.#carrier.sendFrame(encodeDataParts(this.id, parts));
  }

  /** Sends on a lossy channel; dropped when the agent does not read. */
  sendLossy(payload: Uint8Array): void {
    if (this.#carrier.buffered <= MAX_BACKLOG) this.send(payload);
  }

  credit(bytes: number): void {
    this.#carrier.sendFrame(encodeCredit(this.id, bytes));
  }

  /** Asks for a whole, for a viewer that missed something. */
  lagged(): void {
    this.#carrier.send({ type: 'channel.lagged', channel: this.id });
  }

  /** Closes from the hub's side; the sink hears nothing more. Idempotent. */
  close(code: ErrorCode): void {
    this.#release();
    this.#carrier.send({ type: 'channel.close', channel: this.id, code });
  }
}
