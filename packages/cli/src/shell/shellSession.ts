import { setTimeout as sleep } from 'node:timers/promises';
import {
  backoff,
  encodeToTerminal,
  type FromTerminal,
  MAX_TERMINAL_INPUT,
  type TerminalEnd,
  terminalEnd,
  terminalSession,
} from '@porthole/protocol';
import { Failure } from '../remote/failure.ts';
import { type HubClient, Refusal } from '../remote/hubClient.ts';
import type { Signed } from '../remote/tokenFile.ts';
import { EscapeKeys } from './escapeKeys.ts';
import type { LocalTerminal } from './localTerminal.ts';
import { type PortalChannel, PortalSocket } from './portalSocket.ts';
import { QueryFilter } from './queryFilter.ts';
import { findSession, openTerminal } from './terminalCalls.ts';

export interface ShellOptions {
  signed: Signed;
  client: HubClient;
  device: string;
  local: LocalTerminal;
  /** Of a session to go on with, or to begin under that name. */
  name: string | undefined;
  folder: string | undefined;
  shell: string | undefined;
}

/** How it was over: the session ended, or the person left it, named as the device knows it. */
export type ShellOutcome = { type: 'ended'; end: TerminalEnd } | { type: 'left'; session: string };

/** Input that waits for the network; beyond it no keys are read. */
const MAX_WAITING = 64 * 1024;
const CTRL_C = 0x03;
/** Reasons that pass by themselves. */
const PASSING = new Set([
  'device.offline',
  'device.timeout',
  'channel.closed',
  'channel.limit',
  'link.replaced',
  'ticket.invalid',
  'terminal.unavailable',
  'internal',
]);

/** One session of a device in the terminal at hand, gone on with when the connection is lost. */
export class ShellSession {
  readonly #options: ShellOptions;
  readonly #keys = new EscapeKeys();
  readonly #outcome = Promise.withResolvers<ShellOutcome>();
  readonly #over = new AbortController();
  #filter = new QueryFilter();
  /** Known once it was shown for the first time. */
  #session: string | undefined;
  #screens = 0;
  #isTaken = false;
  #socket: PortalSocket | undefined;
  #channel: PortalChannel | undefined;
  #waiting: Uint8Array[] = [];
  #isSending = false;

  constructor(options: ShellOptions) {
    this.#options = options;
  }

  /** Resolves when it is over. Throws `Failure` when it cannot begin, or cannot be gone on with. */
  async run(): Promise<ShellOutcome> {
    const { local } = this.#options;
    void this.#connectAgainAndAgain().catch((error: unknown) => this.#outcome.reject(error));
    try {
      return await this.#outcome.promise;
    } finally {
      this.#over.abort();
      this.#channel?.close();
      this.#socket?.close();
      local.restore();
    }
  }

  async #connectAgainAndAgain(): Promise<void> {
    for (let attempt = 0; !this.#over.signal.aborted; attempt++) {
      const failure = await this.#connectOnce(() => {
        attempt = 0;
      });
      if (this.#over.signal.aborted) return;
      if (this.#session === undefined || !isPassing(failure)) throw failure;
      if (attempt === 0) this.#tell('connection lost; trying again, ~. leaves');
      await sleep(backoff(attempt, Math.random()), undefined, { signal: this.#over.signal });
    }
  }

  /** Resolves with the reason when the connection is lost. */
  async #connectOnce(connected: () => void): Promise<Failure> {
    const { signed, client, device } = this.#options;
    try {
      const socket = await PortalSocket.open(signed);
      this.#socket = socket;
      const lost = Promise.withResolvers<Failure>();
      this.#channel = await this.#open({ client, socket, device }, lost.resolve);
      if (this.#session !== undefined) connected();
      return await lost.promise;
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    } finally {
      this.#channel = undefined;
      this.#waiting = [];
      this.#socket?.close();
    }
  }

  async #open(calls: Parameters<typeof openTerminal>[0], closed: (reason: Failure) => void): Promise<PortalChannel> {
    const { local, name, folder, shell } = this.#options;
    const events = { closed, message: (message: FromTerminal, size: number) => this.#received(message, size) };
    const { size } = local;
    if (this.#session === undefined && name !== undefined) this.#session = (await findSession(calls, name))?.id;
    if (this.#session !== undefined) {
      this.#screens = Math.max(this.#screens, 1);
      return await openTerminal(calls, { operation: 'attach', ask: { session: this.#session, size } }, events);
    }
    const ask = { size, ...(name && { name }), ...(folder && { folder }), ...(shell && { shell }) };
    return await openTerminal(calls, { operation: 'open', ask }, events);
  }

  #received(message: FromTerminal, size: number): void {
    const { local } = this.#options;
    const consumed = () => this.#channel?.consumed(size);
    if (message.type === 'output') {
      const channel = this.#channel;
      return local.show(this.#filter.filter(message.bytes), () => channel?.consumed(size));
    }
    if (message.type === 'screen') this.#begin();
    if (message.type === 'item') this.#know(message.json);
    if (message.type === 'done') this.#outcome.resolve({ type: 'ended', end: terminalEnd.parse(message.json) });
    consumed();
  }

  /** The first screen of a new session stays below what is there already. */
  #begin(): void {
    this.#filter = new QueryFilter();
    if (this.#screens > 0) this.#options.local.clear();
    this.#screens++;
    if (this.#isTaken) return;
    this.#isTaken = true;
    this.#options.local.take({
      keys: (bytes) => this.#typed(bytes),
      resized: () => this.#send(encodeToTerminal({ type: 'size', size: this.#options.local.size })),
    });
  }

  #know(json: unknown): void {
    this.#session = terminalSession.parse(json).id;
  }

  #typed(bytes: Uint8Array): void {
    const { pass, leaves } = this.#keys.read(bytes);
    // What was typed before and did not get through is not wanted any more.
    if (pass.byteLength === 1 && pass[0] === CTRL_C) this.#waiting = [];
    for (let at = 0; at < pass.byteLength; at += MAX_TERMINAL_INPUT) {
      this.#send(encodeToTerminal({ type: 'input', bytes: pass.subarray(at, at + MAX_TERMINAL_INPUT) }));
    }
    if (leaves) this.#outcome.resolve({ type: 'left', session: this.#session ?? '' });
  }

  /** In order; while there is no connection it is dropped. */
  #send(payload: Uint8Array): void {
    if (!this.#channel) return;
    this.#waiting.push(payload);
    const waiting = this.#waiting.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (waiting > MAX_WAITING) this.#options.local.pause(true);
    if (!this.#isSending) void this.#sendWaiting(this.#channel);
  }

  async #sendWaiting(channel: PortalChannel): Promise<void> {
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (!(await channel.send(next))) this.#waiting = [];
    }
    this.#isSending = false;
    if (!this.#over.signal.aborted) this.#options.local.pause(false);
  }

  #tell(sentence: string): void {
    process.stderr.write(`\r\n[porthole: ${sentence}]\r\n`);
  }
}

function isPassing(failure: Failure): boolean {
  return !(failure instanceof Refusal) || PASSING.has(failure.code);
}
