import { FEATURES, FILE_OPERATIONS, type FileAsk, type FileOperation, LIMITS, PortholeError } from '@porthole/protocol';
import type * as z from 'zod';
import { allows, type Subject } from '../../base/access.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import { FileChannel } from './fileChannel.ts';

/** What asking takes at most, in ms, where the answer is one message. */
const ANSWER_MS = 60_000;
/** A device that has come online makes its second connection within so long, in ms, or has trouble doing so. */
const REACH_MS = 3_000;
/** Channels that one session may hold at once; a browser opens six connections. */
const PER_SESSION = 64;
/** Channels that one user may hold at once in all sessions, so that nobody uses up what a device's connection has for all. */
const PER_USER = LIMITS.channelsPerLink * 2;

/** Sessions, as far as they matter here. */
export interface SessionEnds {
  onEnded(listener: (sessionId: string) => void): () => void;
}

/**
 * Opens channels to devices' files on behalf of people. Whatever opens one, the right is asked here once more, and the
 * channel ends with the session that it is for.
 */
export class FileAccess {
  readonly #directory: DeviceDirectory;
  readonly #stop: () => void;
  readonly #open = new Map<string, Set<FileChannel>>();
  /** Channels of each user who has any, by id. */
  readonly #counts = new Map<string, number>();
  /** Those who wait for a device, by session, and what ends their waiting. */
  readonly #waiting = new Map<string, Set<(reason: PortholeError) => void>>();

  constructor(directory: DeviceDirectory, sessions: SessionEnds) {
    this.#directory = directory;
    this.#stop = sessions.onEnded((sessionId) => this.#endAll(sessionId));
  }

  /**
   * Waits for the connection that files take, which comes a moment after the device. Resolves as well when it does not come,
   * or the device is offline; `open` tells. Rejects with `not-found`, or `auth.session-ended` when the session ends meanwhile.
   */
  async reach({ sessionId }: Pick<Subject, 'sessionId'>, deviceId: string): Promise<void> {
    const device = this.#directory.get(deviceId);
    const isSettled = () => !device.online || device.link(FEATURES.files.link) !== undefined;
    if (isSettled()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = this.#directory.listen(({ id }) => id === deviceId && isSettled() && resolve());
    const timer = setTimeout(resolve, REACH_MS);
    const waiting = this.#waiting.get(sessionId) ?? new Set();
    this.#waiting.set(sessionId, waiting.add(reject));
    try {
      await promise;
    } finally {
      stop();
      clearTimeout(timer);
      waiting.delete(reject);
      if (waiting.size === 0 && this.#waiting.get(sessionId) === waiting) this.#waiting.delete(sessionId);
    }
  }

  /** Throws `not-found`, `device.offline`, `channel.limit` or `request.too-large`. The caller closes the channel. */
  open<Operation extends FileOperation>(
    subject: Subject,
    deviceId: string,
    operation: Operation,
    ask: FileAsk<Operation>,
  ): FileChannel {
    if (!allows(subject, deviceId, FILE_OPERATIONS[operation].capability)) throw new PortholeError('not-found');
    const link = this.#directory.get(deviceId).link(FEATURES.files.link);
    if (!link) throw new PortholeError('device.offline');
    const channels = this.#open.get(subject.sessionId) ?? new Set();
    if (channels.size >= PER_SESSION || this.#countOf(subject) >= PER_USER) throw new PortholeError('channel.limit');
    const channel = new FileChannel(link, { operation, ask, user: subject.username });
    this.#open.set(subject.sessionId, channels.add(channel));
    this.#count(subject, 1);
    void channel.ended.then(() => {
      channels.delete(channel);
      this.#count(subject, -1);
      if (channels.size === 0 && this.#open.get(subject.sessionId) === channels) this.#open.delete(subject.sessionId);
    });
    return channel;
  }

  /** Ends everything that is under way. */
  close(): void {
    this.#stop();
    for (const sessionId of [...this.#open.keys(), ...this.#waiting.keys()]) this.#endAll(sessionId);
  }

  #countOf({ userId }: Subject): number {
    return this.#counts.get(userId) ?? 0;
  }

  #count(subject: Subject, by: 1 | -1): void {
    const count = this.#countOf(subject) + by;
    if (count === 0) this.#counts.delete(subject.userId);
    else this.#counts.set(subject.userId, count);
  }

  #endAll(sessionId: string): void {
    for (const end of this.#waiting.get(sessionId) ?? []) end(new PortholeError('auth.session-ended'));
    for (const channel of [...(this.#open.get(sessionId) ?? [])]) channel.close('auth.session-ended');
  }
}

/** The result of a channel, read to its end and closed. Throws its reason, `device.timeout`, or `message.invalid`. */
export async function resultOf<Result>(
  channel: FileChannel,
  schema: z.ZodType<Result>,
  withinMs = ANSWER_MS,
): Promise<Result> {
  const timer = setTimeout(() => channel.close('device.timeout'), withinMs);
  try {
    for (;;) {
      const message = await channel.next();
      if (message.type === 'done') return fitting(schema, message.json);
    }
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

/** What a device said, if it is what was asked for. Throws `message.invalid`. */
export function fitting<Value>(schema: z.ZodType<Value>, json: unknown): Value {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new PortholeError('message.invalid', 'The device gave an answer that makes no sense.');
  return parsed.data;
}
