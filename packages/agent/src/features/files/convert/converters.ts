import { fileURLToPath } from 'node:url';
import { type ConvertedHead, type FileAsk, type Media, PortholeError } from '@porthole/protocol';
import type { Pinned } from '../backend.ts';
import type { Exchange } from '../exchange.ts';
import type { FileSpace } from '../fileSpace.ts';
import { Conversion, type Patience } from './conversion.ts';
import type { ConvertTask, PlayAsk } from './host/convertMessages.ts';
import { Slots } from './slots.ts';

/** In ms; a large picture takes some seconds on a small device. */
const SHORT: Patience = { head: 20_000, bytes: 20_000 };
/** A film may have to be read a good way before its first picture. */
const PLAYING: Patience = { head: 20_000, bytes: 30_000 };
/** Films and sounds that are converted while somebody plays them. Who seeks asks anew while the old one is still ending. */
const PLAYS = { count: 4, waiting: 4, patience: 2_000 };
/** Pictures, and looks at what is in a file. */
const SHORTS = { count: 2, waiting: 100 };

type Work = (conversion: Conversion) => Promise<unknown>;

/** What browsers cannot show or play as it is, converted: each file by a process of its own, a bounded number at once. */
export class Converters {
  readonly #program: string;
  readonly #plays = new Slots(PLAYS);
  readonly #shorts = new Slots(SHORTS);
  readonly #open = new Set<Conversion>();

  /** @param program what is run; the converter unless a test says otherwise. */
  constructor(program: string = fileURLToPath(new URL('./host/main.ts', import.meta.url))) {
    this.#program = program;
  }

  /** What is in a sound or a film. Throws `convert.unsupported`, `convert.failed`, `convert.busy`. */
  async media(space: FileSpace, ask: FileAsk<'media'>, exchange: Exchange): Promise<Media> {
    return (await this.#short(space, ask, exchange, {
      task: (path) => ({ kind: 'media', path }),
      work: (conversion) => conversion.head(),
    })) as Media;
  }

  /** Sends a `convertedHead` and the bytes of a picture. Throws as `media` does. */
  async picture(space: FileSpace, ask: FileAsk<'picture'>, exchange: Exchange): Promise<void> {
    await this.#short(space, ask, exchange, {
      task: (path) => ({ kind: 'picture', path, size: ask.size }),
      work: (conversion) => send(conversion, exchange),
    });
  }

  /** Sends a `convertedHead` and a film while it is converted. Throws as `media` does. */
  async play(space: FileSpace, ask: PlayAsk, exchange: Exchange): Promise<void> {
    await using pinned = await regular(space, ask.path);
    const free = await this.#plays.take(exchange.signal);
    try {
      const task: ConvertTask = { kind: 'play', ...ask, path: pinned.pathForOthers };
      await this.#run({ task, patience: PLAYING, exchange }, (conversion) => send(conversion, exchange));
    } finally {
      free();
    }
  }

  /** Ends every converter. */
  close(): void {
    for (const conversion of this.#open) void conversion.close();
  }

  async #short(
    space: FileSpace,
    { path }: { path: string },
    exchange: Exchange,
    { task, work }: { task: (path: string) => ConvertTask; work: Work },
  ): Promise<unknown> {
    await using pinned = await regular(space, path);
    const free = await this.#shorts.take(exchange.signal);
    try {
      return await this.#run({ task: task(pinned.pathForOthers), patience: SHORT, exchange }, work);
    } finally {
      free();
    }
  }

  async #run(
    { task, patience, exchange }: { task: ConvertTask; patience: Patience; exchange: Exchange },
    work: Work,
  ): Promise<unknown> {
    const { signal } = exchange;
    signal.throwIfAborted();
    await using conversion = new Conversion(this.#program, task, patience);
    this.#open.add(conversion);
    const end = () => void conversion.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await work(conversion);
    } finally {
      signal.removeEventListener('abort', end);
      this.#open.delete(conversion);
    }
  }
}

async function regular(space: FileSpace, path: string): Promise<Pinned> {
  const pinned = await space.pinned(path);
  if (pinned.stats.isFile()) return pinned;
  await pinned.close();
  throw new PortholeError('file.not-regular');
}

async function send(conversion: Conversion, exchange: Exchange): Promise<void> {
  await exchange.item((await conversion.head()) as ConvertedHead);
  for await (const chunk of conversion.content()) await exchange.bytes(chunk);
}
