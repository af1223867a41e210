import { fileURLToPath } from 'node:url';
import type { ErrorCode, TerminalSettings } from '@porthole/protocol';
import type { Logger } from 'pino';
import type { HostChannel } from '../../base/channelHost.ts';
import { SupervisedChild } from '../../base/supervisedChild.ts';
import type { ProgramPolicy, Programs } from '../../platform/programs/programs.ts';
import type { FromPtyHost, ToPtyHost } from './host/hostMessages.ts';

/** How long the process is kept after the last session and the last channel, in ms. */
const LINGER_MS = 20_000;
/** How long programs that survived the process have to end by themselves, in ms. */
const GRACE_MS = 500;

export interface TerminalProcessOptions {
  /** The agent's data folder. */
  folder: string;
  policy: ProgramPolicy;
  programs: Programs;
  settings: TerminalSettings;
  log: Logger;
}

interface Line {
  channel: HostChannel;
  /** What a list asked, so that another process can be asked again. */
  ask?: Uint8Array;
  /** What was said while there was no process. */
  early: Uint8Array[];
  held?: PromiseWithResolvers<void>;
}

/**
 * The agent's handle on its pty host: all sessions run there, so that a crash takes them and nothing else. It is started for
 * the first channel and kept while there are sessions.
 */
export class TerminalProcess {
  readonly #options: TerminalProcessOptions;
  readonly #child: SupervisedChild<ToPtyHost, FromPtyHost>;
  readonly #lines = new Map<number, Line>();
  #settings: TerminalSettings;
  /** Channel numbers come again with every connection; these never do. */
  #lastLine = 0;
  #isUp = false;
  #leaders: number[] = [];
  #linger: NodeJS.Timeout | undefined;

  constructor(options: TerminalProcessOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#child = new SupervisedChild({
      program: fileURLToPath(new URL('./host/main.ts', import.meta.url)),
      args: [],
      started: () => this.#started(),
      died: (reason, retryMs) => this.#died(reason, retryMs),
      control: (message) => this.#told(message),
      data: (line, _sync, bytes) => this.#data(line, bytes),
    });
  }

  /** Of the process while there is one. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Hands a channel over; answers its number. */
  join(channel: HostChannel): number {
    clearTimeout(this.#linger);
    const line = ++this.#lastLine;
    this.#lines.set(line, { channel, early: [] });
    if (this.#isUp) this.#open(line, channel);
    else this.#child.start();
    return line;
  }

  /** A message of the viewer; resolves when it may say more. */
  receive(line: number, payload: Uint8Array): void | Promise<void> {
    const known = this.#lines.get(line);
    if (!known) return;
    if (known.channel.params.operation === 'list') known.ask ??= payload.slice();
    if (this.#isUp) this.#child.data(line, false, payload);
    else if (!known.ask) known.early.push(payload.slice());
    return known.held?.promise;
  }

  granted(line: number, bytes: number): void {
    this.#child.control({ type: 'granted', channel: line, bytes });
  }

  leave(line: number): void {
    const known = this.#lines.get(line);
    if (!this.#lines.delete(line)) return;
    known?.held?.resolve();
    this.#child.control({ type: 'leave', channel: line });
    this.#lingerIfIdle();
  }

  set(settings: TerminalSettings): void {
    this.#settings = settings;
    this.#child.control({ type: 'settings', settings });
  }

  /** Ends every session; resolves when nothing runs any more. */
  async close(): Promise<void> {
    clearTimeout(this.#linger);
    this.#lines.clear();
    this.#stop();
    await this.#sweep();
  }

  #open(line: number, { params, viewer, user, credit }: HostChannel): void {
    const operation = params.operation as Extract<ToPtyHost, { type: 'open' }>['operation'];
    this.#child.control({ type: 'open', channel: line, operation, viewer, user, credit: credit.available });
  }

  #started(): void {
    const { folder, policy } = this.#options;
    this.#child.control({ type: 'setup', folder, policy, settings: this.#settings });
    this.#isUp = true;
    for (const [line, { channel, ask, early }] of this.#lines) {
      this.#open(line, channel);
      for (const payload of ask ? [ask] : early.splice(0)) this.#child.data(line, false, payload);
    }
  }

  /** With the process went its ptys, so most of what ran in them is hung up; the rest is looked for. */
  #died(reason: string, retryMs: number): void {
    this.#options.log.warn({ reason, retryMs }, 'the pty host ended and is started again');
    this.#isUp = false;
    void this.#sweep();
    for (const [line, { channel, ask }] of [...this.#lines]) if (!ask) this.#end(line, channel, 'terminal.lost');
    this.#lingerIfIdle();
  }

  #stop(): void {
    this.#isUp = false;
    this.#child.stop();
  }

  async #sweep(): Promise<void> {
    const ending = { signal: 'SIGHUP', graceMs: GRACE_MS, startedBefore: Date.now() } as const;
    const leaders = this.#leaders;
    this.#leaders = [];
    await Promise.all(leaders.map((leader) => this.#options.programs.end(leader, ending)));
  }

  #told(message: FromPtyHost): void {
    switch (message.type) {
      case 'close': {
        const line = this.#lines.get(message.channel);
        return line && this.#end(message.channel, line.channel, message.code);
      }
      case 'hold':
        return this.#hold(message.channel, message.isHeld);
      case 'sessions':
        this.#leaders = message.leaders;
        return this.#lingerIfIdle();
      case 'trouble':
        return this.#options.log.warn({ reason: message.reason }, 'terminals');
    }
  }

  #hold(line: number, isHeld: boolean): void {
    const known = this.#lines.get(line);
    if (!known) return;
    known.held?.resolve();
    if (isHeld) known.held = Promise.withResolvers<void>();
    else delete known.held;
  }

  #data(line: number, bytes: Uint8Array): void {
    const channel = this.#lines.get(line)?.channel;
    if (!channel) return;
    // Counted here too: another process is told what is left.
    if (channel.credit.take(bytes.byteLength)) channel.send(bytes);
    else this.#end(line, channel, 'internal');
  }

  #end(line: number, channel: HostChannel, code: ErrorCode): void {
    this.#lines.delete(line);
    channel.close(code);
  }

  #lingerIfIdle(): void {
    clearTimeout(this.#linger);
    if (this.#lines.size > 0 || this.#leaders.length > 0) return;
    this.#linger = setTimeout(() => this.#stop(), LINGER_MS);
    this.#linger.unref();
  }
}
