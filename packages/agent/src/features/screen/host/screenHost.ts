import { PortholeError, WireError } from '@porthole/protocol';
import type { OpenScreen, ScreenSource } from '../backend.ts';
import { type FragileCoders, SharedCoders } from './coders/sharedCoders.ts';
import { DisplayWatch } from './displayWatch.ts';
import { type FromScreenHost, STILL_BIT, type ToScreenHost } from './hostMessages.ts';
import { blankView, viewOf } from './monitors.ts';
import { openMaker } from './picture/openMaker.ts';
import type { View } from './picture/view.ts';
import { takeStill } from './still.ts';
import { deviceNow, ScreenStream, type SendBytes } from './stream/screenStream.ts';

export interface ScreenHostOptions {
  open: OpenScreen;
  display: string;
  send: SendBytes;
  report: (message: FromScreenHost) => void;
  /** Stand-ins for coders. */
  coders?: Partial<FragileCoders>;
}

/** How much sooner than its time a picture may come, in ms: a display's own jitter shall never wait. */
const EARLY_MS = 4;
/**
 * Time from the first notice of a change to looking at it, in ms. An application draws in several steps: looking at once
 * shows half of them, and the other half only a whole interval later.
 */
const SETTLE_MS = 1;
/** The display stays open this long after a still, so that a home page full of cards does not open it again and again. */
const STILL_LINGER_MS = 10_000;

/** The screen process: one display, a stream per watched monitor, and nothing at all while nobody watches. */
export class ScreenHost {
  readonly #options: ScreenHostOptions;
  readonly #watch: DisplayWatch;
  readonly #coders: SharedCoders;
  /** By group: viewers of one monitor share a stream. */
  readonly #streams = new Map<number, { monitor: string; stream: ScreenStream }>();
  readonly #channels = new Map<number, ScreenStream>();
  /** Why there is no display; undefined while there is one, and before it was looked for. */
  #absence: 'missing' | 'lost' | undefined;
  /** Who has pointer and keys. */
  #controller: string | undefined;
  #isPumping = false;
  /** When the display said that something changed; undefined once that was collected. */
  #damagedAt: number | undefined;
  #pumpTimer: NodeJS.Timeout | undefined;
  #pumpAt = 0;
  /** When the last picture was begun. */
  #lastPicture = 0;
  #linger: NodeJS.Timeout | undefined;
  #stills: Extract<ToScreenHost, { type: 'still' }>[] = [];

  constructor(options: ScreenHostOptions) {
    this.#options = options;
    this.#coders = new SharedCoders(options.report, options.coders);
    this.#watch = new DisplayWatch(options.open, options.display, {
      opened: (source) => this.#opened(source),
      unavailable: (state, reason) => this.#unavailable(state, reason),
      damage: () => this.#damaged(),
      cursor: (shape) => this.#each((stream) => stream.setCursor(shape)),
      pointer: (x, y) => this.#each((stream) => stream.setPointer(x, y)),
    });
  }

  control(message: ToScreenHost): void {
    switch (message.type) {
      case 'join':
        this.#join(message);
        break;
      case 'leave':
        this.#leave(message.channel);
        break;
      case 'lagged':
        this.#channels.get(message.channel)?.refresh(message.channel);
        break;
      case 'control':
        this.#controller = message.viewer ?? undefined;
        this.#each((stream) => stream.control(this.#controller));
        break;
      case 'still':
        this.#stills.push(message);
        this.#stayOpen();
        break;
      case 'softwareOnly':
        this.#coders.avoidHardware();
        break;
    }
    this.#schedulePump();
  }

  /** Bytes of a viewer; nonsense is ignored here, its channel carries nothing that could be harmed. */
  data(channel: number, bytes: Uint8Array): void {
    try {
      this.#channels.get(channel)?.receive(channel, bytes, deviceNow());
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
    }
    this.#schedulePump();
  }

  #join({ channel, viewer, group, monitor, shrink }: Extract<ToScreenHost, { type: 'join' }>): void {
    const stream = this.#streams.get(group)?.stream ?? this.#newStream(group, monitor, shrink);
    this.#channels.set(channel, stream);
    stream.join(channel, viewer);
    this.#watch.want(true);
  }

  #newStream(group: number, monitor: string, shrink: number): ScreenStream {
    const { send, report } = this.#options;
    const regroup = (channel: number, joined: number | null) => report({ type: 'group', channel, group: joined });
    const wake = () => this.#schedulePump();
    const open = (view: View) => openMaker(view, this.#coders);
    const stream = new ScreenStream(group, { send, regroup, openMaker: open, wake, now: deviceNow }, shrink);
    this.#streams.set(group, { monitor, stream });
    stream.control(this.#controller);
    const view = this.#watch.source ? viewOf(this.#watch.source, monitor) : this.#absence && blankView(this.#absence);
    if (view) stream.reshape(view.area, view.state);
    return stream;
  }

  #leave(channel: number): void {
    const stream = this.#channels.get(channel);
    if (!stream) return;
    this.#channels.delete(channel);
    stream.leave(channel);
    if (!stream.isWatched) {
      stream.close();
      this.#streams.delete(stream.group);
    }
    this.#closeIfIdle();
  }

  #opened(source: ScreenSource): void {
    this.#absence = undefined;
    this.#options.report({ type: 'display', state: 'ok', reason: '' });
    for (const { monitor, stream } of this.#streams.values()) {
      const { area, state } = viewOf(source, monitor);
      stream.reshape(area, state);
    }
    this.#schedulePump();
  }

  #unavailable(state: 'missing' | 'lost', reason: string): void {
    for (const { request } of this.#stills.splice(0)) this.#options.send(request | STILL_BIT, true, new Uint8Array());
    if (this.#absence === state) return;
    this.#absence = state;
    this.#options.report({ type: 'display', state, reason });
    const view = blankView(state);
    this.#each((stream) => stream.reshape(view.area, view.state));
  }

  #stayOpen(): void {
    this.#watch.want(true);
    clearTimeout(this.#linger);
    this.#linger = setTimeout(() => {
      this.#linger = undefined;
      this.#closeIfIdle();
    }, STILL_LINGER_MS);
    this.#linger.unref();
  }

  #closeIfIdle(): void {
    if (this.#streams.size === 0 && !this.#linger) this.#watch.want(false);
  }

  #each(action: (stream: ScreenStream) => void): void {
    for (const { stream } of this.#streams.values()) action(stream);
  }

  /** Sets the clock for the next look: when somebody is due, and the last picture is long enough ago. One pump at a time. */
  #schedulePump(): void {
    if (this.#isPumping) return;
    const now = performance.now();
    const interval = Math.max(0, 1000 / this.#maxFps - EARLY_MS);
    const wait = Math.max(SETTLE_MS, this.#lastPicture + interval - now, this.#dueIn());
    if (!Number.isFinite(wait)) return;
    if (this.#pumpTimer && this.#pumpAt <= now + wait) return;
    clearTimeout(this.#pumpTimer);
    this.#pumpAt = now + wait;
    this.#pumpTimer = setTimeout(() => void this.#pump(), wait);
  }

  get #maxFps(): number {
    return Math.max(1, ...[...this.#streams.values()].map(({ stream }) => stream.maxFps));
  }

  async #pump(): Promise<void> {
    this.#pumpTimer = undefined;
    const source = this.#watch.source;
    if (!source) return;
    this.#isPumping = true;
    const begun = performance.now();
    try {
      this.#collect(source);
      for (const { stream } of [...this.#streams.values()]) {
        // Only what was sent counts: looking in vain must not put the next change off.
        if (await stream.pump(source)) this.#lastPicture = begun;
      }
      await this.#answerStills(source);
    } catch (error) {
      // The display went away or shrank in the middle of a grab: its own event has said so, and starts anew.
      if (!(error instanceof PortholeError)) throw error;
    } finally {
      this.#isPumping = false;
    }
    this.#schedulePump();
  }

  /** In how many ms there is something to do; infinite when only an event can tell. */
  #dueIn(): number {
    if (!this.#watch.source) return Number.POSITIVE_INFINITY;
    if (this.#stills.length > 0) return 0;
    const now = deviceNow();
    const waits = [...this.#streams.values()].map(({ stream }) => {
      // While nobody has room, the display goes on collecting what changes.
      return this.#damagedAt === undefined ? stream.dueIn(now) : stream.roomIn(now);
    });
    return Math.min(Number.POSITIVE_INFINITY, ...waits);
  }

  /** Said once until it is collected, so it must not be forgotten while a picture is being made. */
  #damaged(): void {
    this.#damagedAt ??= deviceNow();
    this.#schedulePump();
  }

  #collect(source: ScreenSource): void {
    const now = this.#damagedAt ?? deviceNow();
    this.#damagedAt = undefined;
    for (const rect of source.collect()) this.#each((stream) => stream.damage(rect, now));
  }

  async #answerStills(source: ScreenSource): Promise<void> {
    for (const { request, maxWidth } of this.#stills.splice(0)) {
      this.#options.send(request | STILL_BIT, true, await takeStill(source, maxWidth));
    }
  }
}
