import { type CommandAsk, isOver, PortholeError, type RunDevice, type RunSummary } from '@porthole/protocol';
import { StorageError } from '../../base/db/storageError.ts';
import type { ChannelOpener } from './commandChannel.ts';
import { type CommandOutcome, LiveCommand } from './liveCommand.ts';
import { CONNECTING_MS, nextSteps, type Presence } from './nextSteps.ts';
import type { OutputWriter } from './outputWriter.ts';
import { countsOf, type RunRow, shownSummary } from './runRows.ts';
import type { RunStore } from './runStore.ts';

/** What a run needs of all others. */
export interface RunHost {
  readonly store: RunStore;
  readonly writer: OutputWriter;
  presence(device: string): Presence;
  link(device: string): ChannelOpener | undefined;
  /** Whether who began it may still do so there. */
  mayRun(row: RunRow, device: string): boolean;
  /** Commands that may begin now, whatever run they are of. */
  room(): number;
  /** Writes the beginning of a command into the log, in the transaction that is under way. */
  logStart(row: RunRow, device: string): void;
  /** A command ended: there is room for another. */
  freed(): void;
  /** The last device is done with it. */
  ended(run: ActiveRun): void;
}

type Outcome = CommandOutcome | { state: 'cancelled' };

/** Without a reader a paced run goes on after so long, in ms. */
const READER_MS = 10_000;

/** One run that is not over: which devices wait, for what, and the commands under way. */
export class ActiveRun {
  readonly row: RunRow;
  readonly #ask: CommandAsk;
  readonly #host: RunHost;
  readonly #devices: Map<string, RunDevice>;
  readonly #commands = new Map<string, LiveCommand>();
  /** What could not be stored yet. */
  readonly #unsaved: Set<string>;
  readonly #listeners = new Set<(device: string) => void>();
  #isPaced: boolean;
  #readers = 0;
  #noReader: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `unsaved` names devices that are stored otherwise than they are. */
  constructor(row: RunRow, devices: readonly RunDevice[], host: RunHost, unsaved: readonly string[] = []) {
    this.row = row;
    this.#unsaved = new Set(unsaved);
    this.#host = host;
    this.#devices = new Map(devices.map((device) => [device.device, device]));
    const folder = row.folder === null ? {} : { folder: row.folder };
    this.#ask = { what: JSON.parse(row.what), ...folder, timeoutMs: row.timeoutMs };
    this.#isPaced = row.paced === 1;
    if (this.#isPaced) this.#awaitReader();
  }

  get devices(): RunDevice[] {
    return [...this.#devices.keys()].map((id) => this.device(id));
  }

  device(id: string): RunDevice {
    const written = this.#commands.get(id)?.record.total;
    return this.#with(id, written === undefined ? {} : { bytes: written });
  }

  get running(): number {
    return this.#commands.size;
  }

  get summary(): RunSummary {
    return shownSummary(this.row, countsOf(this.#devices.values()));
  }

  get isOver(): boolean {
    return this.row.endedAt !== null;
  }

  waitsFor(device: string): boolean {
    const state = this.#devices.get(device)?.state;
    return state === 'queued' || state === 'waiting';
  }

  command(device: string): LiveCommand | undefined {
    return this.#commands.get(device);
  }

  /** Tells of every device about which something is new: its state, or that there is more output. */
  listen(listener: (device: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody reads whom the commands shall wait for; returns how that ends. */
  attachReader(): () => void {
    this.#readers++;
    clearTimeout(this.#noReader);
    this.#pace(true);
    return () => {
      this.#readers--;
      if (this.#readers === 0 && !this.#isClosed) this.#awaitReader();
    };
  }

  /** Does all that can be done now. What the disk does not allow is left for the next time. */
  schedule(): void {
    if (this.#isClosed || this.isOver) return;
    try {
      this.#save([]);
      this.#step();
      this.#endIfOver();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** Ends what runs and forgets what waits. */
  cancel(): void {
    const waiting = this.devices.filter(({ state }) => state === 'queued' || state === 'waiting');
    this.#save(waiting.map((device) => ({ ...device, state: 'cancelled', endedAt: Date.now() })));
    for (const [id, command] of this.#commands) this.#stop(id, command, { state: 'cancelled' });
    this.schedule();
  }

  /** Ends commands that whoever began them may no longer run. */
  checkRights(): void {
    try {
      for (const [id, command] of this.#commands) {
        if (!this.#host.mayRun(this.row, id)) this.#stop(id, command, { state: 'failed', error: 'run.denied' });
      }
    } catch (error) {
      // Nobody can tell now; it is asked again.
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** Nobody wants to know of it any more: its commands end, and what they wrote is not stored. */
  discard(): void {
    for (const { record } of this.#commands.values()) this.#host.writer.drop(record);
    this.close();
    this.row.endedAt ??= Date.now();
    for (const id of this.#devices.keys()) this.#tell(id);
  }

  /** The hub stops: the commands end with the connection, and what waits goes on at its next start. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#noReader);
    clearTimeout(this.#deadline);
    for (const command of this.#commands.values()) command.close();
  }

  #stop(id: string, command: LiveCommand, outcome: Outcome): void {
    command.close();
    void this.#finish(id, command, outcome);
  }

  #step(): void {
    const { createdAt, deadline, concurrency } = this.row;
    const room = Math.min(concurrency - this.#commands.size, this.#host.room());
    const now = Date.now();
    const presence = (device: string) => this.#host.presence(device);
    const steps = nextSteps({ devices: this.#devices.values(), presence, room, now, createdAt, deadline });
    const failed = steps.fail.map(({ device, error }) => this.#with(device, { state: 'failed', error, endedAt: now }));
    this.#save([...failed, ...this.#shifted(steps.wait, 'waiting'), ...this.#shifted(steps.queue, 'queued')]);
    for (const device of steps.start) this.#start(device);
    if (steps.wait.length > 0) this.#awaitDeadline(now);
  }

  #shifted(devices: string[], state: 'waiting' | 'queued'): RunDevice[] {
    return devices.filter((id) => this.#devices.get(id)?.state !== state).map((id) => this.#with(id, { state }));
  }

  #start(id: string): void {
    const { store, writer } = this.#host;
    const link = this.#host.link(id);
    const now = Date.now();
    if (!link) return;
    if (!this.#host.mayRun(this.row, id)) {
      return this.#save([this.#with(id, { state: 'failed', error: 'run.denied', endedAt: now })]);
    }
    const running = this.#with(id, { state: 'running', startedAt: now });
    // On disk before it begins: whatever happens, no command is run twice.
    store.together(() => {
      this.#host.logStart(this.row, id);
      store.setDevices(this.row.id, [running]);
    });
    this.#show(running);
    try {
      const command: LiveCommand = new LiveCommand({
        link,
        spec: { ask: this.#ask, input: this.row.input ?? undefined, user: this.row.username },
        isPaced: this.#isPaced,
        wrote: () => this.#tell(id),
        ended: (outcome) => void this.#finish(id, command, outcome),
      });
      this.#commands.set(id, command);
      writer.add(command.record, { runId: this.row.id, deviceId: id });
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      this.#save([this.#with(id, { state: 'failed', error: error.code, endedAt: now })]);
    }
  }

  /** All that it wrote is stored before anybody is told that it ended. */
  async #finish(id: string, command: LiveCommand, outcome: Outcome): Promise<void> {
    const endedAt = Date.now();
    const { total } = command.record;
    await this.#host.writer.finish(command.record);
    if (this.#isClosed || this.#commands.get(id) !== command) return;
    this.#commands.delete(id);
    this.#save([this.#with(id, { ...definedOf(outcome), endedAt, bytes: total })]);
    this.#host.freed();
    this.schedule();
  }

  #with(id: string, news: Partial<RunDevice>): RunDevice {
    const device = this.#devices.get(id);
    if (!device) throw new Error('a run knows its devices');
    return { ...device, ...news };
  }

  #save(changed: readonly RunDevice[]): void {
    for (const device of changed) {
      this.#unsaved.add(device.device);
      this.#show(device);
    }
    if (this.#unsaved.size === 0) return;
    try {
      this.#host.store.setDevices(
        this.row.id,
        [...this.#unsaved].map((id) => this.#with(id, {})),
      );
      this.#unsaved.clear();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  #show(device: RunDevice): void {
    this.#devices.set(device.device, device);
    this.#tell(device.device);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  #endIfOver(): void {
    if (this.isOver || this.#unsaved.size > 0) return;
    for (const { state } of this.#devices.values()) if (!isOver(state)) return;
    const endedAt = Date.now();
    this.#host.store.end(this.row.id, endedAt, countsOf(this.#devices.values()));
    this.row.endedAt = endedAt;
    clearTimeout(this.#deadline);
    clearTimeout(this.#noReader);
    this.#host.ended(this);
    for (const id of this.#devices.keys()) this.#tell(id);
  }

  #pace(isPaced: boolean): void {
    this.#isPaced = isPaced;
    for (const command of this.#commands.values()) command.pace(isPaced);
  }

  #awaitReader(): void {
    this.#noReader = setTimeout(() => this.#pace(false), READER_MS);
    this.#noReader.unref();
  }

  #awaitDeadline(now: number): void {
    clearTimeout(this.#deadline);
    const next = now < this.row.deadline ? this.row.deadline : this.row.createdAt + CONNECTING_MS;
    // A timer cannot wait longer than about 24 days; the next one goes on.
    this.#deadline = setTimeout(() => this.schedule(), Math.min(Math.max(0, next - now) + 1, 0x7fff_ffff));
    this.#deadline.unref();
  }
}

function definedOf(outcome: Outcome): Partial<RunDevice> {
  const entries = Object.entries(outcome).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<RunDevice>;
}
