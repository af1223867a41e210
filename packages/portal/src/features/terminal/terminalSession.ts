import {
  backoff,
  type FromTerminal,
  type PortholeError,
  type TerminalSession as SessionInfo,
  type TerminalAsk,
  type TerminalEnd,
  type TerminalSize,
  terminalEnd,
  terminalSession,
  WireError,
} from '@porthole/protocol';
import { asPortholeError } from '../../base/asPortholeError.ts';
import type { Channel } from '../../base/channel.ts';
import { type Later, laterByTimer } from '../../base/later.ts';
import { type Readable, Store } from '../../base/store.ts';
import { InputQueue } from './inputQueue.ts';
import { judgeLoss } from './judgeLoss.ts';
import { openTerminal, type TerminalLink } from './terminalLink.ts';

/** Where output is drawn. Everything takes effect in the order of the calls. */
export interface TerminalScreen {
  /** Begins anew with an empty terminal of that size; what comes up to `ready` has been seen or missed. */
  begin(size: TerminalSize): void;
  /** Resolves when the bytes are on the screen. They belong to the screen. */
  write(bytes: Uint8Array): Promise<void>;
  resize(size: TerminalSize): void;
  /** From here on it is live. */
  ready(): void;
}

/** What to see: a new session, or one that the device has. */
export type SessionTarget =
  | { kind: 'new'; shell?: string | undefined; folder?: string | undefined; name?: string | undefined }
  | { kind: 'existing'; session: string };

export type SessionPhase =
  | { phase: 'connecting' }
  | { phase: 'live' }
  /** What is shown stays; it goes on by itself. */
  | { phase: 'reconnecting'; reason: PortholeError }
  | { phase: 'ended'; end: TerminalEnd }
  | { phase: 'refused'; reason: PortholeError };

/** Everything about a session that a page shows beside the terminal. */
export interface SessionState {
  at: SessionPhase;
  /** As the device last told; undefined before it did. */
  info: SessionInfo | undefined;
}

interface SessionOptions {
  link: TerminalLink;
  target: SessionTarget;
  /** False: only watches. */
  types: boolean;
  screen: TerminalScreen;
  /** The size that this page has room for; undefined while it is not laid out. */
  size(): TerminalSize | undefined;
  later?: Later;
}

/** Before the page is laid out. */
const USUAL_SIZE: TerminalSize = { columns: 80, rows: 24 };

/**
 * This page's hold on one session of a device. The session belongs to the device: closing this only stops looking.
 * Reconnects to the same session by itself, and draws it anew then.
 */
export class TerminalSession {
  readonly state: Readable<SessionState>;
  readonly #state = new Store<SessionState>({ at: { phase: 'connecting' }, info: undefined });
  readonly #options: SessionOptions;
  readonly #later: Later;
  #target: SessionTarget;
  #channel: Channel | undefined;
  #input: InputQueue | undefined;
  /** Counts attempts: an answer to an older one is not wanted any more. */
  #attempt = 0;
  #failures = 0;
  #cancelRetry: (() => void) | undefined;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#later = options.later ?? laterByTimer;
    this.#target = options.target;
    this.state = this.#state;
    void this.#connect();
  }

  /** The device's name of the session; undefined while a new one has not begun. */
  get id(): string | undefined {
    return this.#target.kind === 'existing' ? this.#target.session : undefined;
  }

  /** Sends what a person typed; false when it went nowhere: not live, only watching, or too much waits. */
  type(bytes: Uint8Array): boolean {
    return this.#options.types && this.#state.get().at.phase === 'live' && (this.#input?.type(bytes) ?? false);
  }

  /** Asks for a size, for everybody who sees the session; false when it could not be asked now. */
  resize({ columns, rows }: TerminalSize): boolean {
    if (!this.#options.types || this.#state.get().at.phase !== 'live' || !this.#input) return false;
    this.#input.resize(columns, rows);
    return true;
  }

  /** The connection or the device is back: no need to wait for the next attempt. */
  retry(): void {
    if (this.#closed || this.#state.get().at.phase !== 'reconnecting') return;
    this.#cancelRetry?.();
    void this.#connect();
  }

  /** Tries once more after a refusal. */
  again(): void {
    if (this.#closed || this.#state.get().at.phase !== 'refused') return;
    this.#enter({ phase: 'connecting' });
    void this.#connect();
  }

  /** Stops looking; the session runs on. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#attempt += 1;
    this.#cancelRetry?.();
    this.#channel?.close();
    this.#channel = undefined;
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    try {
      const channel = await this.#open((message) => (attempt === this.#attempt ? this.#hear(message) : undefined));
      if (attempt !== this.#attempt) return channel.close();
      this.#channel = channel;
      this.#input = new InputQueue(channel);
      void channel.closed.then((reason) => attempt === this.#attempt && this.#lost(reason));
    } catch (error) {
      if (attempt === this.#attempt) this.#lost(asPortholeError(error));
    }
  }

  #open(hear: (message: FromTerminal) => void | Promise<void>): Promise<Channel> {
    const { link, types, size } = this.#options;
    const target = this.#target;
    const wanted = size();
    if (target.kind === 'new') {
      const { kind: _, ...asked } = target;
      return openTerminal(link, 'open', { size: wanted ?? USUAL_SIZE, ...present(asked) }, hear);
    }
    const { session } = target;
    if (!types) return openTerminal(link, 'watch', { session }, hear);
    return openTerminal(link, 'attach', wanted ? { session, size: wanted } : { session }, hear);
  }

  #hear(message: FromTerminal): void | Promise<void> {
    const { screen } = this.#options;
    switch (message.type) {
      case 'output':
        return screen.write(message.bytes);
      case 'item':
        return this.#told(message.json);
      case 'screen':
        return screen.begin(message.size);
      case 'size':
        return screen.resize(message.size);
      case 'ready':
        this.#failures = 0;
        screen.ready();
        return this.#enter({ phase: 'live' });
      case 'done':
        return this.#ended(message.json);
    }
  }

  #told(json: unknown): void {
    const parsed = terminalSession.safeParse(json);
    if (!parsed.success) throw new WireError('not a session');
    const info = parsed.data;
    if (this.#target.kind === 'existing' && this.#target.session !== info.id) throw new WireError('another session');
    // From now on, losing the connection means coming back to this one.
    this.#target = { kind: 'existing', session: info.id };
    this.#state.patch({ info });
  }

  #ended(json: unknown): void {
    const parsed = terminalEnd.safeParse(json);
    if (!parsed.success) throw new WireError('not an end');
    this.#attempt += 1;
    this.#channel?.close();
    this.#enter({ phase: 'ended', end: parsed.data });
  }

  #lost(reason: PortholeError): void {
    this.#attempt += 1;
    this.#channel = undefined;
    this.#input = undefined;
    const verdict = judgeLoss(reason, this.#target.kind);
    if (verdict !== 'retry') return this.#enter(verdict === 'refused' ? { phase: 'refused', reason } : verdict);
    this.#enter({ phase: 'reconnecting', reason });
    this.#cancelRetry = this.#later(() => this.retry(), backoff(this.#failures++, Math.random()));
  }

  #enter(at: SessionPhase): void {
    if (!this.#closed) this.#state.patch({ at });
  }
}

/** Without what is undefined: the device refuses fields that say nothing. */
function present(asked: Record<string, string | undefined>): Omit<TerminalAsk<'open'>, 'size'> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
