import { fileURLToPath } from 'node:url';
import { decodeThumbnail, GROUP_BIT, isScreenWish, type Thumbnail } from '@porthole/protocol';
import type { Logger } from 'pino';
import { SupervisedChild } from '../../base/supervisedChild.ts';
import { type FromScreenHost, STILL_BIT, type ToScreenHost } from './host/hostMessages.ts';

/** How long the process is kept after the last one who needed it, in ms. */
const LINGER_MS = 20_000;
const STILL_TIMEOUT_MS = 5_000;

/** What the process sends to one viewer, or to all viewers of a monitor. */
export interface ScreenOutput {
  toChannel(channel: number, sync: boolean, bytes: Uint8Array): void;
  toGroup(group: number, sync: boolean, bytes: Uint8Array): void;
  /** Moves a viewer into the group, or out of it; in order with what is sent. */
  regroup(channel: number, group: number | null): void;
}

export interface ScreenProcessOptions {
  display: string;
  log: Logger;
  output: ScreenOutput;
  /** What the person at the device should know, in one sentence: the display is missing, or went away. */
  trouble: (sentence: string) => void;
}

type Join = Extract<ToScreenHost, { type: 'join' }>;

/**
 * The agent's handle on its screen process: capture and coding run there, so that a crash is a blink and not an outage. The
 * process exists only while somebody needs it; after a crash every viewer is joined again.
 */
export class ScreenProcess {
  readonly #child: SupervisedChild<ToScreenHost, FromScreenHost>;
  readonly #log: Logger;
  readonly #trouble: (sentence: string) => void;
  readonly #output: ScreenOutput;
  readonly #joined = new Map<number, Join>();
  /** By channel: the last `wish` of its viewer, who will not say it again to a new process. */
  readonly #wishes = new Map<number, Uint8Array>();
  readonly #stills = new Map<number, (bytes: Uint8Array | undefined) => void>();
  #controller: string | null = null;
  #nextStill = 1;
  #linger: NodeJS.Timeout | undefined;
  #displayState = '';
  #isVideoInUse = false;
  /** A process ended while video was in use: its driver may be why, though it passed the trial. */
  #avoidsHardware = false;

  constructor(options: ScreenProcessOptions) {
    this.#log = options.log;
    this.#trouble = options.trouble;
    this.#output = options.output;
    this.#child = new SupervisedChild({
      program: fileURLToPath(new URL('./host/main.ts', import.meta.url)),
      args: [options.display],
      started: () => this.#started(),
      died: (reason, retryMs) => this.#died(reason, retryMs),
      control: (message) => this.#told(message),
      data: (target, sync, bytes) => this.#data(target, sync, bytes),
    });
  }

  /** Of the process while there is one. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  join(join: Omit<Join, 'type'>): void {
    const message = { type: 'join', ...join } as const;
    this.#need();
    this.#joined.set(join.channel, message);
    this.#child.control(message);
  }

  leave(channel: number): void {
    if (!this.#joined.delete(channel)) return;
    this.#wishes.delete(channel);
    this.#child.control({ type: 'leave', channel });
    this.#lingerIfIdle();
  }

  /** Whoever has pointer and keys sets the pace. */
  control(viewer: string | undefined): void {
    this.#controller = viewer ?? null;
    this.#child.control({ type: 'control', viewer: this.#controller });
  }

  lagged(channel: number): void {
    this.#child.control({ type: 'lagged', channel });
  }

  receive(channel: number, bytes: Uint8Array): void {
    if (isScreenWish(bytes)) this.#wishes.set(channel, Uint8Array.from(bytes));
    this.#child.data(channel, false, bytes);
  }

  /** A small picture of the display; undefined when there is none to be had. */
  async still(maxWidth: number): Promise<Thumbnail | undefined> {
    this.#need();
    const request = this.#nextStill;
    this.#nextStill = (this.#nextStill % (STILL_BIT - 1)) + 1;
    const answer = Promise.withResolvers<Uint8Array | undefined>();
    const timer = setTimeout(() => answer.resolve(undefined), STILL_TIMEOUT_MS);
    this.#stills.set(request, answer.resolve);
    this.#child.control({ type: 'still', request, maxWidth });
    const bytes = await answer.promise;
    clearTimeout(timer);
    this.#stills.delete(request);
    this.#lingerIfIdle();
    return bytes && bytes.byteLength > 0 ? decodeThumbnail(bytes) : undefined;
  }

  close(): void {
    clearTimeout(this.#linger);
    this.#joined.clear();
    this.#wishes.clear();
    this.#child.stop();
    this.#failStills();
  }

  #need(): void {
    clearTimeout(this.#linger);
    this.#child.start();
  }

  #lingerIfIdle(): void {
    if (this.#joined.size > 0 || this.#stills.size > 0) return;
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => this.#child.stop(), LINGER_MS);
    this.#linger.unref();
  }

  /** A new process knows no group yet: whoever the last one left in one would be sent things twice. */
  #started(): void {
    if (this.#avoidsHardware) this.#child.control({ type: 'softwareOnly' });
    this.#child.control({ type: 'control', viewer: this.#controller });
    for (const message of this.#joined.values()) {
      this.#output.regroup(message.channel, null);
      this.#child.control(message);
    }
    for (const [channel, wish] of this.#wishes) this.#child.data(channel, false, wish);
  }

  #died(reason: string, retryMs: number): void {
    this.#log.warn({ reason, retryMs }, 'the screen process ended and is started again');
    if (this.#isVideoInUse && !this.#avoidsHardware) {
      this.#avoidsHardware = true;
      this.#log.warn('it ended while video was in use: from now on software alone codes video');
    }
    this.#isVideoInUse = false;
    this.#failStills();
  }

  #failStills(): void {
    for (const resolve of this.#stills.values()) resolve(undefined);
  }

  #told(message: FromScreenHost): void {
    switch (message.type) {
      case 'group':
        return this.#output.regroup(message.channel, message.group);
      case 'display':
        return this.#display(message);
      case 'video':
        this.#isVideoInUse = message.isInUse;
        return;
      case 'trouble':
        return this.#log.warn({ reason: message.reason }, 'a coder of the screen is not to be had');
    }
  }

  #display({ state, reason }: Extract<FromScreenHost, { type: 'display' }>): void {
    if (state === this.#displayState) return;
    this.#displayState = state;
    if (state === 'ok') this.#log.info('display open');
    else this.#trouble(reason);
  }

  #data(target: number, sync: boolean, bytes: Uint8Array): void {
    if (target >= GROUP_BIT) this.#output.toGroup(target, sync, bytes);
    else if (target >= STILL_BIT) this.#stills.get(target - STILL_BIT)?.(Uint8Array.from(bytes));
    else this.#output.toChannel(target, sync, bytes);
  }
}
