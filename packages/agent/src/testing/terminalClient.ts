import {
  CreditLedger,
  decodeFrame,
  decodeFromTerminal,
  type ErrorCode,
  encodeToTerminal,
  type FromTerminal,
  type TerminalAsk,
  type TerminalEnd,
  type TerminalList,
  type TerminalOperation,
  type TerminalSession,
  type TerminalSettings,
  type TerminalSize,
  windowOf,
} from '@porthole/protocol';
import { pino } from 'pino';
import { type ChannelListener, HostChannel } from '../base/channelHost.ts';
import { Emulator } from '../features/terminal/host/screen/emulator.ts';
import { TerminalFeature } from '../features/terminal/terminal.ts';
import { detectPrograms } from '../platform/detect.ts';
import type { ProgramPolicy } from '../platform/programs/programs.ts';
import { temporaryFolder } from './filesClient.ts';

/** The part of a test's context that is needed to clean up. */
interface Cleanup {
  after(work: () => unknown): void;
}

/** A size that tests use unless they say otherwise. */
export const SIZE: TerminalSize = { columns: 80, rows: 24 };

/** The agent's terminals as the hub drives them, without one. Everything ends with the test. */
export class TerminalsUnderTest {
  readonly feature: TerminalFeature;
  readonly folder: string;
  #channels = 0;

  constructor(
    t: Cleanup,
    {
      policy = {},
      settings = { record: false, keepMinutes: 60 },
    }: { policy?: ProgramPolicy; settings?: TerminalSettings } = {},
  ) {
    this.folder = temporaryFolder(t);
    const programs = detectPrograms(policy);
    this.feature = new TerminalFeature({
      folder: this.folder,
      policy,
      programs,
      settings,
      log: pino({ level: 'silent' }),
    });
    t.after(() => this.feature.close());
  }

  call<Operation extends TerminalOperation>(
    operation: Operation,
    ask: TerminalAsk<Operation>,
    user = 'ann',
  ): TerminalCall {
    const call = new TerminalCall(this.feature, { channel: ++this.#channels, operation, user });
    void call.send({ type: 'ask', json: ask });
    return call;
  }

  /** A new session and its viewer. */
  open(ask: Partial<TerminalAsk<'open'>> = {}): TerminalCall {
    return this.call('open', { size: SIZE, shell: '/bin/sh', ...ask });
  }

  /** What the list says now. */
  async list(): Promise<TerminalList> {
    const call = this.call('list', {});
    await call.until(() => call.list !== undefined);
    call.close();
    return call.list ?? { sessions: [], shells: [], account: '' };
  }
}

/** One channel: what came on it, drawn as a viewer draws. */
export class TerminalCall {
  readonly messages: FromTerminal['type'][] = [];
  readonly emulator = new Emulator(SIZE);
  /** All bytes of output since it began. */
  bytes = 0;
  text = '';
  session: TerminalSession | undefined;
  list: TerminalList | undefined;
  done: unknown;
  error: ErrorCode | undefined;
  isReady = false;
  /** Whether what was drawn is granted. */
  grants = true;
  readonly #listener: ChannelListener;
  readonly #ledger = new CreditLedger(windowOf('terminal'));
  readonly #channel: HostChannel;
  #owed = 0;
  #wake = Promise.withResolvers<void>();

  constructor(
    feature: TerminalFeature,
    { channel, operation, user }: { channel: number; operation: TerminalOperation; user: string },
  ) {
    const grant = {
      channel,
      feature: 'terminal',
      viewer: `viewer-${channel}`,
      user,
      device: '',
      issued: 0,
      nonce: '',
      signature: '',
    } as const;
    const carrier = {
      send: () => undefined,
      sendFrame: (frame: Uint8Array) => {
        const decoded = decodeFrame(frame);
        if (decoded.type === 'data') this.#received(decoded.payload);
      },
    };
    this.#channel = new HostChannel(grant, { operation }, carrier, (code) => {
      this.error = code;
      this.close();
      this.#stir();
    });
    this.#listener = feature.open(this.#channel);
  }

  get end(): TerminalEnd | undefined {
    return this.done as TerminalEnd | undefined;
  }

  send(message: Parameters<typeof encodeToTerminal>[0]): void | Promise<void> {
    return this.#listener.message(encodeToTerminal(message));
  }

  type(text: string): void {
    void this.send({ type: 'input', bytes: Buffer.from(text) });
  }

  /** The row as text. */
  row(y: number): string {
    const buffer = this.emulator.terminal.buffer.active;
    return buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '';
  }

  get screen(): string {
    return Array.from({ length: this.emulator.terminal.rows }, (_, y) => this.row(y))
      .join('\n')
      .trimEnd();
  }

  /** Resolves as soon as it is so. */
  async until(condition: () => boolean, ms = 20_000): Promise<void> {
    const limit = AbortSignal.timeout(ms);
    const late = new Promise<void>((resolve) => limit.addEventListener('abort', () => resolve(), { once: true }));
    while (!condition()) {
      if (limit.aborted) throw new Error(`never came; the screen was:\n${this.screen}\nerror ${this.error}`);
      await Promise.race([this.#wake.promise, late]);
    }
  }

  /** Grants what was drawn meanwhile, and from here on at once. */
  grantAll(): void {
    this.grants = true;
    const owed = this.#owed;
    this.#owed = 0;
    this.#grant(owed);
  }

  close(): void {
    this.#listener?.closed();
  }

  #received(payload: Uint8Array): void {
    const message = decodeFromTerminal(payload.slice());
    this.messages.push(message.type);
    this.#draw(message);
    if (this.grants) this.#grant(this.#ledger.consume(payload.byteLength));
    else this.#owed += payload.byteLength;
    this.#stir();
  }

  #draw(message: FromTerminal): void {
    switch (message.type) {
      case 'item':
        if ((message.json as TerminalList).sessions) this.list = message.json as TerminalList;
        else this.session = message.json as TerminalSession;
        return;
      case 'output':
        this.bytes += message.bytes.byteLength;
        if (this.text.length < 4_000_000) this.text += Buffer.from(message.bytes).toString('latin1');
        return this.emulator.write(message.bytes);
      case 'screen':
        this.isReady = false;
        this.emulator.terminal.reset();
        return this.emulator.resize(message.size);
      case 'size':
        return this.emulator.resize(message.size);
      case 'ready':
        this.isReady = true;
        return;
      case 'done':
        this.done = message.json;
    }
  }

  #grant(bytes: number): void {
    if (bytes === 0) return;
    this.#channel.credit.grant(bytes);
    this.#listener.granted?.(bytes);
  }

  #stir(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
