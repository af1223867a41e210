import {
  Credit,
  ERRORS,
  type ErrorCode,
  encodeCredit,
  FEATURES,
  type FeatureName,
  FRAME_HEADER,
  LIMITS,
  PortholeError,
  readdress,
  windowOf,
} from '@porthole/protocol';
import type { AgentChannel, ChannelSink } from './agentChannel.ts';
import type { LinkSocket } from './linkSocket.ts';
import { LossyGate } from './lossyGate.ts';

/**
 * One channel between a viewer and a device, seen from the viewer's connection. It acts on the delivery word of the
 * feature and never looks into a payload.
 */
export class ViewerChannel implements ChannelSink {
  readonly feature: FeatureName;
  readonly #id: number;
  readonly #socket: LinkSocket;
  readonly #onEnd: () => void;
  readonly #flow: LossyFlow | ReliableFlow;
  #agent: AgentChannel | undefined;
  #isClosed = false;

  constructor(id: number, feature: FeatureName, socket: LinkSocket, onEnd: () => void) {
    this.feature = feature;
    this.#id = id;
    this.#socket = socket;
    this.#onEnd = onEnd;
    this.#flow = FEATURES[feature].delivery === 'lossy' ? new LossyFlow() : new ReliableFlow(windowOf(feature));
  }

  attach(agent: AgentChannel): void {
    this.#agent = agent;
  }

  opened(): void {
    this.#socket.send({ type: 'channel.opened', channel: this.#id });
  }

  data(frame: Uint8Array, sync: boolean): void {
    const verdict = this.#flow.fromDevice(frame.byteLength - FRAME_HEADER, sync);
    if (verdict === 'send') this.#socket.sendFrame(readdress(frame, this.#id));
    else if (verdict === 'excess') this.close('credit.exceeded');
  }

  credit(bytes: number): void {
    if (!this.#flow.grantedByDevice(bytes)) return this.close('credit.exceeded');
    this.#socket.sendFrame(encodeCredit(this.#id, bytes));
  }

  closed(code: ErrorCode, message: string): void {
    if (!this.#end()) return;
    this.#socket.send({ type: 'channel.closed', channel: this.#id, code, message });
  }

  /** Closes both halves, telling both sides why. Idempotent. */
  close(code: ErrorCode): void {
    this.#agent?.close(code);
    this.closed(code, ERRORS[code].message);
  }

  /** A data frame of the viewer. */
  fromViewer(payload: Uint8Array): void {
    const agent = this.#agent;
    if (!agent || this.#isClosed) return;
    if (!this.#flow.fromViewer(payload.byteLength)) throw new PortholeError('credit.exceeded');
    if (this.#flow instanceof LossyFlow) agent.sendLossy(payload);
    else agent.send(payload);
  }

  /** A credit frame of the viewer. */
  creditFromViewer(bytes: number): void {
    const agent = this.#agent;
    if (!agent || this.#isClosed) return;
    switch (this.#flow.grantedByViewer(bytes)) {
      case 'excess':
        throw new PortholeError('credit.exceeded');
      case 'refresh':
        agent.lagged();
        return;
      case 'forward':
        agent.credit(bytes);
        return;
      case 'ok':
        return;
    }
  }

  #end(): boolean {
    if (this.#isClosed) return false;
    this.#isClosed = true;
    this.#onEnd();
    return true;
  }
}

/** Latest wins: the hub ends the viewer's credit and drops by it. */
class LossyFlow {
  readonly #gate = new LossyGate();

  fromDevice(bytes: number, sync: boolean): 'send' | 'drop' {
    return this.#gate.offer(bytes, sync) ? 'send' : 'drop';
  }

  /** Only acknowledgements travel this way; they are small, and dropped when the agent does not read. */
  fromViewer(bytes: number): boolean {
    return bytes <= LIMITS.control;
  }

  grantedByViewer(bytes: number): 'ok' | 'refresh' | 'excess' {
    return this.#gate.credit(bytes);
  }

  /** Devices have no say in how much a viewer of a lossy channel may send. */
  grantedByDevice(): boolean {
    return false;
  }
}

/** Nothing is lost: credit runs end to end, and the hub only holds both sides to it. */
class ReliableFlow {
  readonly #window: number;
  readonly #toViewer: Credit;
  readonly #toDevice: Credit;

  constructor(window: number) {
    this.#window = window;
    this.#toViewer = new Credit(window);
    this.#toDevice = new Credit(window);
  }

  fromDevice(bytes: number): 'send' | 'excess' {
    return this.#toViewer.take(bytes) ? 'send' : 'excess';
  }

  fromViewer(bytes: number): boolean {
    return this.#toDevice.take(bytes);
  }

  grantedByViewer(bytes: number): 'forward' | 'excess' {
    return this.#grantWithin(this.#toViewer, bytes) ? 'forward' : 'excess';
  }

  grantedByDevice(bytes: number): boolean {
    return this.#grantWithin(this.#toDevice, bytes);
  }

  /** A reader gives back what it consumed; one that grants more than the window would have the hub hold the difference. */
  #grantWithin(credit: Credit, bytes: number): boolean {
    if (credit.available + bytes > this.#window) return false;
    credit.grant(bytes);
    return true;
  }
}
