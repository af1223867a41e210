import { FILE_OPERATIONS, type FileOperation, type FilesParams, PortholeError } from '@porthole/protocol';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import { errnoOf } from './errno.ts';
import { Exchange } from './exchange.ts';
import { fileErrorCode } from './fileErrors.ts';
import { ANSWERS, type Answer, type Services } from './operations.ts';

/** How long a channel may stay open without a question, in ms. */
const QUESTION_MS = 10_000;

/** The device's files: one question for each channel, all independent of each other. */
export class FilesFeature implements FeatureHandler {
  readonly #services: Services;
  readonly #log: Logger;

  constructor({ log, ...services }: Services & { log: Logger }) {
    this.#services = services;
    this.#log = log;
  }

  open(channel: HostChannel): ChannelListener {
    const { operation } = channel.params as FilesParams;
    const exchange = new Exchange(channel);
    const timer = setTimeout(() => channel.close('request.invalid'), QUESTION_MS);
    channel.accept();
    const answered = this.#answer(operation, exchange, timer);
    answered.catch((error: unknown) => this.#failed(operation, channel, exchange, error));
    return {
      message: (payload) => exchange.receive(payload),
      closed: () => {
        clearTimeout(timer);
        exchange.end();
      },
    };
  }

  /** Ends what goes on beside the channels. */
  close(): void {
    this.#services.uploads.close();
    this.#services.thumbnails.close();
    this.#services.converters.close();
    this.#services.listings.close();
  }

  async #answer(operation: FileOperation, exchange: Exchange, timer: NodeJS.Timeout): Promise<void> {
    const question = await exchange.question;
    clearTimeout(timer);
    const parsed = FILE_OPERATIONS[operation].ask.safeParse(question);
    if (!parsed.success) throw new PortholeError('request.invalid');
    // The table gives every operation the answer that takes exactly what its own schema lets through.
    const answer = ANSWERS[operation] as Answer<z.ZodType>;
    await exchange.done(await answer(parsed.data, { ...this.#services, exchange }));
  }

  #failed(operation: FileOperation, channel: HostChannel, exchange: Exchange, error: unknown): void {
    if (exchange.signal.aborted) return;
    const code = fileErrorCode(error);
    if (code === 'internal') this.#log.error({ operation, error, errno: errnoOf(error) }, 'files: unforeseen');
    channel.close(code);
  }
}
