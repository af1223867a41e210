import { randomBytes } from 'node:crypto';
import type { TerminalEnd, TerminalSession, TerminalSize } from '@porthole/protocol';
import type { Launch, Programs } from '../../../platform/programs/programs.ts';
import { isAllowedAnswer } from './answers.ts';
import { Audience } from './audience.ts';
import { characterEnd } from './characterEnd.ts';
import { PaletteState } from './paletteState.ts';
import { PtyProcess } from './ptyProcess.ts';
import type { Recordings } from './recording/recordings.ts';
import { SessionRecording } from './recording/sessionRecording.ts';
import { Screen, type ScreenPicture } from './screen/screen.ts';
import { SessionFacts } from './sessionFacts.ts';
import { Throttle } from './throttle.ts';
import type { Turns } from './turns.ts';
import { outputMessage, type Viewer } from './viewer.ts';

/** Unparsed output beyond which a program waits, and below which it goes on, in bytes. */
const BACKLOG_HIGH = 256 * 1024;
const BACKLOG_LOW = 64 * 1024;
const NEWS_MS = 250;
const RESIZE_MS = 40;
const DISK_MS = 20;
/** How long programs have to end by themselves, in ms. */
const GRACE_MS = 1_000;
/** Who is looking, as far as it is told. */
const MAX_VIEWERS = 64;

export interface SessionOptions {
  shell: string;
  launch: Launch;
  account: string;
  name: string;
  /** Who opened it. */
  user: string;
  size: TerminalSize;
  programs: Programs;
  turns: Turns;
  recordings: Recordings;
  /** Something that is told of it changed. */
  changed: () => void;
  /** It is over: nothing runs in it any more. */
  ended: (session: Session) => void;
}

/** One program in a terminal, from its start to its end, whoever looks. */
export class Session {
  readonly id = randomBytes(12).toString('base64url');
  readonly #options: SessionOptions;
  readonly #screen: Screen;
  readonly #palette: PaletteState;
  readonly #pty: PtyProcess;
  readonly #audience = new Audience(() => this.#regulate());
  readonly #news: Throttle;
  readonly #facts: SessionFacts;
  readonly #resize: Throttle;
  readonly #startedAt = Date.now();
  #activeAt = Date.now();
  #size: TerminalSize;
  #wantedSize: TerminalSize;
  #isCrowded = false;
  #diskTimer: NodeJS.Timeout | undefined;
  readonly #recording: SessionRecording;
  /** Who is shown the screen as soon as there is a picture of it. */
  readonly #awaiting = new Set<Viewer>();
  /** The first bytes of a character that was not read to its end yet. */
  #cut: Uint8Array = new Uint8Array(0);
  #ending: Promise<void> | undefined;

  /** Throws `terminal.unavailable`. */
  constructor(options: SessionOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#wantedSize = options.size;
    this.#pty = new PtyProcess(options.launch, options.size, {
      output: (pieces) => this.#output(pieces),
      ended: (end) => {
        this.#output([], true);
        void this.#finish(end);
      },
      held: (isHeld) => this.#audience.hold(isHeld),
    });
    this.#screen = new Screen(options.size);
    this.#palette = new PaletteState(this.#screen.emulator.terminal);
    this.#news = new Throttle(NEWS_MS, () => this.#tell());
    this.#facts = this.#learn();
    this.#resize = new Throttle(RESIZE_MS, () => this.#applySize());
    this.#recording = this.#recorded();
    this.#screen.emulator.terminal.onData((text) => {
      if (isAllowedAnswer(text)) this.#pty.write(Buffer.from(text));
    });
  }

  /** The first process of its session. */
  get leader(): number {
    return this.#pty.pid;
  }

  /** Viewers that look now. */
  get viewers(): number {
    return this.#audience.viewers.length;
  }

  /** When the last viewer left, or it began, in ms by `Date.now()`; undefined while somebody looks. */
  leftAt: number | undefined = Date.now();

  describe(): TerminalSession {
    const { typist } = this.#audience;
    return {
      id: this.id,
      ...this.#facts.describe(),
      shell: this.#options.shell,
      account: this.#options.account,
      size: this.#size,
      startedAt: this.#startedAt,
      startedBy: this.#options.user,
      activeAt: this.#activeAt,
      viewers: this.#audience.viewers.slice(0, MAX_VIEWERS).map(({ viewer, user, types }) => ({ viewer, user, types })),
      ...(typist === undefined ? {} : { typist }),
      recording: this.#recording.isOn,
    };
  }

  /** From here on the viewer gets the session. `size`: the one it has room for. */
  join(viewer: Viewer, size: TerminalSize | undefined): void {
    this.leftAt = undefined;
    this.#audience.add(viewer, size);
    if (size && this.#audience.typist === undefined) this.#wantSize(size);
    viewer.item(this.describe());
    this.#show(viewer);
    this.#changed();
    this.#regulate();
  }

  leave(viewer: Viewer): void {
    this.#awaiting.delete(viewer);
    this.#audience.remove(viewer);
    if (this.viewers === 0) this.leftAt = Date.now();
    this.#regulate();
    this.#changed();
  }

  granted(viewer: Viewer, bytes: number): void {
    viewer.granted(bytes);
    if (viewer.isBack) this.#show(viewer);
    this.#regulate();
  }

  input(viewer: Viewer, bytes: Uint8Array): void {
    this.#pty.write(bytes);
    this.#activeAt = Date.now();
    const size = this.#audience.typed(viewer, this.#activeAt);
    if (size) this.#wantSize(size);
    this.#facts.stir();
    this.#changed();
  }

  resized(viewer: Viewer, size: TerminalSize): void {
    this.#audience.sized(viewer, size);
    this.#wantSize(size);
  }

  rename(name: string): void {
    this.#facts.rename(name);
  }

  /** Whether what it shows is recorded from here on; a recording begins with what it shows now. */
  record(isOn: boolean): void {
    this.#recording.set(isOn);
  }

  /** Ends everything that runs in it; resolves when that is gone. */
  end(reason: 'closed' | 'expired'): Promise<void> {
    return this.#finish({ reason });
  }

  /** Parses some of what was written. */
  work(): boolean {
    const isMore = this.#screen.work();
    if (this.#isCrowded) this.#regulate();
    return isMore;
  }

  #learn(): SessionFacts {
    const { name, shell, programs } = this.#options;
    return new SessionFacts({
      name,
      shell,
      terminal: this.#screen.emulator.terminal,
      foreground: () => programs.foreground(this.leader),
      changed: () => this.#changed(),
    });
  }

  #recorded(): SessionRecording {
    const { recordings, user } = this.#options;
    return new SessionRecording({
      recordings,
      head: (size) => ({ session: this.id, name: this.#facts.name, user, startedAt: Date.now(), size }),
      capture: (taken) => this.#capture(taken),
      changed: () => this.#changed(),
    });
  }

  #output(pieces: Uint8Array[], isLast = false): void {
    const read = outputMessage([this.#cut, ...pieces]);
    const end = isLast ? read.byteLength : characterEnd(read);
    this.#cut = read.slice(end);
    const message = read.subarray(0, end);
    if (message.byteLength <= 1) return;
    const bytes = message.subarray(1);
    this.#audience.output(message);
    this.#screen.write(bytes);
    this.#recording.output(bytes);
    this.#options.turns.add(this);
    this.#activeAt = Date.now();
    this.#facts.stir();
    this.#changed();
    this.#regulate();
  }

  /** Lets the program go on, or wait. */
  #regulate(): void {
    if (this.#ending) return;
    const { backlog } = this.#screen;
    const isRecorderCrowded = this.#recording.isCrowded;
    this.#isCrowded = isRecorderCrowded || backlog > (this.#isCrowded ? BACKLOG_LOW : BACKLOG_HIGH);
    // The disk tells nobody when it has caught up.
    if (isRecorderCrowded) this.#diskTimer ??= setTimeout(() => this.#lookAtDisk(), DISK_MS);
    const mayRun = this.#audience.mayRun();
    this.#pty.pause(this.#isCrowded || !mayRun);
  }

  #lookAtDisk(): void {
    this.#diskTimer = undefined;
    this.#regulate();
  }

  #show(viewer: Viewer): void {
    if (this.#awaiting.has(viewer)) return;
    this.#awaiting.add(viewer);
    this.#capture((picture) => {
      // Whoever left meanwhile is not told any more.
      if (this.#awaiting.delete(viewer)) viewer.show(picture);
    });
  }

  #capture(taken: (picture: ScreenPicture) => void): void {
    this.#screen.capture(this.#prefix, taken);
    this.#options.turns.add(this);
  }

  /** What the emulator does not tell in a picture. */
  get #prefix(): string {
    const { title } = this.#facts;
    return `${this.#palette.text}${title === '' ? '' : `\x1b]2;${title}\x1b\\`}`;
  }

  #wantSize(size: TerminalSize): void {
    this.#wantedSize = size;
    this.#resize.ask();
  }

  #applySize(): void {
    const { columns, rows } = this.#wantedSize;
    if (columns === this.#size.columns && rows === this.#size.rows) return;
    this.#size = this.#wantedSize;
    this.#pty.resize(this.#size);
    this.#audience.size(this.#size);
    this.#screen.resize(this.#size);
    this.#recording.size(this.#size);
    this.#options.turns.add(this);
    this.#changed();
  }

  #changed(): void {
    this.#news.ask();
    this.#options.changed();
  }

  #tell(): void {
    this.#audience.item(this.describe());
  }

  #finish(end: TerminalEnd): Promise<void> {
    this.#ending ??= this.#finishOnce(end);
    return this.#ending;
  }

  async #finishOnce(end: TerminalEnd): Promise<void> {
    // Whoever writes until it ends must not wait for somebody to read.
    this.#pty.pause(false);
    await this.#options.programs.end(this.leader, { signal: 'SIGHUP', graceMs: GRACE_MS });
    this.#pty.close();
    await this.#recording.close();
    for (const closable of [this.#news, this.#facts, this.#resize]) closable.close();
    this.#awaiting.clear();
    this.#audience.finish(end, () => this.#screen.picture(this.#prefix));
    this.#options.turns.remove(this);
    this.#screen.close();
    this.#options.ended(this);
  }
}
