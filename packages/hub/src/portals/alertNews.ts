import { type Alert, LIMITS, type MessageOf, type toPortal } from '@porthole/protocol';

export interface AlertNewsOptions {
  /** What is on, of what this portal's user may know, the latest first. */
  shown: () => Alert[];
  send: (message: MessageOf<typeof toPortal>) => void;
  /** Bytes that wait for this portal. */
  backlog: () => number;
}

/** Changes that come together are told together, in ms. */
const GATHER_MS = 100;
/** A portal that has not read so much yet is told later. */
const MAX_BACKLOG = 128 * 1024;
const RETRY_MS = 1_000;
/** Characters of JSON that fit a control message, with room for what is around them. */
const MAX_TEXT = LIMITS.control - 1_024;

/** What is on, on its way to one portal: always the whole of it, and only the last. */
export class AlertNews {
  readonly #options: AlertNewsOptions;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: AlertNewsOptions) {
    this.#options = options;
    this.#tell();
  }

  changed(): void {
    this.#schedule(GATHER_MS);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #schedule(delay: number): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => this.#tell(), delay);
  }

  #tell(): void {
    this.#timer = undefined;
    if (this.#options.backlog() > MAX_BACKLOG) return this.#schedule(RETRY_MS);
    this.#options.send({ type: 'alerts', alerts: latestThatFit(this.#options.shown()) });
  }
}

function latestThatFit(alerts: Alert[]): Alert[] {
  let text = 0;
  const end = alerts.findIndex((alert) => {
    text += JSON.stringify(alert).length + 1;
    return text > MAX_TEXT;
  });
  return end === -1 ? alerts : alerts.slice(0, end);
}
