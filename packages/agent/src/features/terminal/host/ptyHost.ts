import { join } from 'node:path';
import {
  decodeToTerminal,
  type ErrorCode,
  MAX_SESSIONS,
  MAX_TITLE,
  PortholeError,
  TERMINAL_OPERATIONS,
  type TerminalAsk,
  type TerminalOperation,
  type TerminalSettings,
} from '@porthole/protocol';
import type { ProgramPolicy, Programs } from '../../../platform/programs/programs.ts';
import { fitList } from './fitList.ts';
import type { FromPtyHost, PtyHostSetup, ToPtyHost } from './hostMessages.ts';
import { plainText } from './plainText.ts';
import { Recordings } from './recording/recordings.ts';
import { Replay } from './recording/replay.ts';
import { Session } from './session.ts';
import { Throttle } from './throttle.ts';
import { Turns } from './turns.ts';
import { Viewer } from './viewer.ts';

const LIST_MS = 250;
const EXPIRY_MS = 5_000;
const MINUTE = 60_000;
/** Recordings that are told of in one answer: it has to fit into the window of its channel. */
const MAX_LISTED = 100;

export interface PtyHostOptions {
  /** Bytes of one message to the viewer of a channel. */
  send: (channel: number, bytes: Uint8Array) => void;
  report: (message: FromPtyHost) => void;
  openPrograms: (policy: ProgramPolicy) => Programs;
}

interface Line {
  viewer: Viewer;
  operation: TerminalOperation;
  isAsked: boolean;
  session?: Session;
  replay?: Replay;
}

/** All sessions of the device, and the channels of those who look at them. */
export class PtyHost {
  readonly #options: PtyHostOptions;
  readonly #lines = new Map<number, Line>();
  readonly #sessions = new Map<string, Session>();
  readonly #turns = new Turns();
  readonly #list = new Throttle(LIST_MS, () => this.#tellAll());
  readonly #expiry = setInterval(() => this.#expire(), EXPIRY_MS).unref();
  #programs: Programs | undefined;
  #recordings: Recordings | undefined;
  #settings: TerminalSettings | undefined;

  constructor(options: PtyHostOptions) {
    this.#options = options;
  }

  control(message: ToPtyHost): void {
    switch (message.type) {
      case 'setup':
        return this.#setUp(message);
      case 'open':
        return this.#open(message);
      case 'granted':
        return this.#granted(message.channel, message.bytes);
      case 'leave':
        return this.#leave(message.channel);
      case 'settings':
        return this.#set(message.settings);
    }
  }

  /** A message of a viewer. */
  data(channel: number, bytes: Uint8Array): void {
    const line = this.#lines.get(channel);
    if (!line) return;
    try {
      this.#said(line, bytes);
    } catch (error) {
      this.#refuse(line, error);
    }
  }

  /** Ends everything; resolves when nothing runs any more. */
  async close(): Promise<void> {
    clearInterval(this.#expiry);
    this.#list.close();
    await Promise.all([...this.#sessions.values()].map((session) => session.end('closed')));
  }

  #setUp({ folder, policy, settings }: PtyHostSetup): void {
    this.#programs = this.#options.openPrograms(policy);
    this.#recordings = new Recordings(join(folder, 'recordings'));
    this.#settings = settings;
  }

  #set(settings: TerminalSettings): void {
    this.#settings = settings;
    for (const session of this.#sessions.values()) session.record(settings.record);
  }

  #open(message: Extract<ToPtyHost, { type: 'open' }>): void {
    const { report, send } = this.#options;
    const viewer = new Viewer(message, {
      send,
      close: (channel, code) => report({ type: 'close', channel, code }),
      hold: (channel, isHeld) => report({ type: 'hold', channel, isHeld }),
    });
    this.#lines.set(message.channel, { viewer, operation: message.operation, isAsked: false });
  }

  #granted(channel: number, bytes: number): void {
    const line = this.#lines.get(channel);
    if (line?.session) return line.session.granted(line.viewer, bytes);
    line?.viewer.granted(bytes);
    void line?.replay?.pump();
  }

  #leave(channel: number): void {
    const line = this.#lines.get(channel);
    this.#lines.delete(channel);
    line?.session?.leave(line.viewer);
    line?.replay?.close();
  }

  #said(line: Line, bytes: Uint8Array): void {
    const message = decodeToTerminal(bytes);
    if (message.type === 'ask') {
      if (line.isAsked) throw new PortholeError('message.invalid');
      line.isAsked = true;
      const ask = TERMINAL_OPERATIONS[line.operation].ask.safeParse(message.json);
      if (!ask.success) throw new PortholeError('request.invalid');
      return this.#answer(line, ask.data);
    }
    if (!line.isAsked || !line.viewer.types) throw new PortholeError('message.invalid');
    if (message.type === 'input') line.session?.input(line.viewer, message.bytes);
    else line.session?.resized(line.viewer, message.size);
  }

  #answer(line: Line, ask: unknown): void {
    switch (line.operation) {
      case 'list':
        return line.viewer.item(this.#listNow());
      case 'open':
        return this.#begin(line, ask as TerminalAsk<'open'>);
      case 'attach': {
        const { session, size } = ask as TerminalAsk<'attach'>;
        return this.#join(line, this.#find(session), size);
      }
      case 'watch':
        return this.#join(line, this.#find((ask as TerminalAsk<'watch'>).session), undefined);
      case 'rename': {
        const { session, name } = ask as TerminalAsk<'rename'>;
        this.#find(session).rename(name);
        return line.viewer.done({});
      }
      case 'end':
        return this.#later(line, this.#end(line, this.#find((ask as TerminalAsk<'end'>).session)));
      case 'recordings':
        return this.#later(line, this.#tellRecordings(line));
      case 'replay':
        return this.#later(line, this.#replay(line, (ask as TerminalAsk<'replay'>).recording));
    }
  }

  #later(line: Line, answer: Promise<void>): void {
    answer.catch((error: unknown) => this.#refuse(line, error));
  }

  async #end({ viewer }: Line, session: Session): Promise<void> {
    await session.end('closed');
    viewer.done({});
  }

  async #tellRecordings({ viewer }: Line): Promise<void> {
    const recordings = (await this.#recordings?.list()) ?? [];
    // As many of the newest as fit into one message.
    viewer.done({ recordings: recordings.slice(0, MAX_LISTED) });
  }

  async #replay(line: Line, id: string): Promise<void> {
    if (!this.#recordings) throw new PortholeError('recording.unknown');
    const replay = new Replay(await this.#recordings.read(id), line.viewer);
    line.replay = replay;
    if (!this.#lines.has(line.viewer.channel)) return replay.close();
    await replay.pump();
  }

  #begin(line: Line, { size, shell, folder, name = '' }: TerminalAsk<'open'>): void {
    if (this.#sessions.size >= MAX_SESSIONS) throw new PortholeError('terminal.limit');
    const programs = this.#started();
    if (!this.#recordings) throw new PortholeError('terminal.unavailable');
    const launch = programs.shell(shell, folder);
    const session = new Session({
      shell: launch.environment.SHELL ?? '',
      launch,
      account: programs.account().name,
      name: plainText(name, MAX_TITLE),
      user: line.viewer.user,
      recordings: this.#recordings,
      size,
      programs,
      turns: this.#turns,
      changed: () => this.#list.ask(),
      ended: (ended) => this.#ended(ended),
    });
    this.#sessions.set(session.id, session);
    this.#report();
    session.record(this.#settings?.record === true);
    this.#join(line, session, size);
  }

  #join(line: Line, session: Session, size: TerminalAsk<'attach'>['size']): void {
    line.session = session;
    session.join(line.viewer, size);
  }

  #find(id: string): Session {
    const session = this.#sessions.get(id);
    if (!session) throw new PortholeError('terminal.unknown');
    return session;
  }

  #ended(session: Session): void {
    this.#sessions.delete(session.id);
    for (const line of this.#lines.values()) if (line.session === session) delete line.session;
    this.#report();
    this.#list.ask();
  }

  #report(): void {
    this.#options.report({ type: 'sessions', leaders: [...this.#sessions.values()].map(({ leader }) => leader) });
  }

  #started(): Programs {
    if (!this.#programs) throw new PortholeError('terminal.unavailable');
    return this.#programs;
  }

  #tellAll(): void {
    const lists = [...this.#lines.values()].filter(({ operation, isAsked }) => operation === 'list' && isAsked);
    if (lists.length === 0) return;
    const list = this.#listNow();
    for (const { viewer } of lists) viewer.item(list);
  }

  #listNow() {
    const sessions = [...this.#sessions.values()].map((session) => session.describe());
    return fitList({ sessions, ...this.#offer() });
  }

  /** What a new session may begin with: nothing when the account cannot be used. */
  #offer(): { shells: string[]; account: string } {
    const programs = this.#started();
    try {
      return { shells: programs.shells(), account: programs.account().name };
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      return { shells: [], account: '' };
    }
  }

  #expire(): void {
    const keepMs = (this.#settings?.keepMinutes ?? Number.POSITIVE_INFINITY) * MINUTE;
    for (const session of this.#sessions.values()) {
      if (session.leftAt !== undefined && Date.now() - session.leftAt >= keepMs) void session.end('expired');
    }
  }

  #refuse({ viewer, session }: Line, error: unknown): void {
    const code: ErrorCode = error instanceof PortholeError ? error.code : 'message.invalid';
    session?.leave(viewer);
    this.#lines.delete(viewer.channel);
    viewer.refuse(code);
  }
}
