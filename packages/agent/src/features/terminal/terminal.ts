import type { TerminalSettings } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import { TerminalProcess, type TerminalProcessOptions } from './terminalProcess.ts';

/** How long a channel may stay open without its question, in ms. */
const QUESTION_MS = 10_000;

/** The command line of the device. What viewers ask and type goes to the pty host, and what it says comes back, unread. */
export class TerminalFeature implements FeatureHandler {
  readonly #process: TerminalProcess;

  constructor(options: TerminalProcessOptions) {
    this.#process = new TerminalProcess(options);
  }

  /** Of the pty host while there is one. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  open(channel: HostChannel): ChannelListener {
    channel.accept();
    const line = this.#process.join(channel);
    const timer = setTimeout(() => channel.close('request.invalid'), QUESTION_MS);
    return {
      message: (payload) => {
        clearTimeout(timer);
        return this.#process.receive(line, payload);
      },
      granted: (bytes) => this.#process.granted(line, bytes),
      closed: () => {
        clearTimeout(timer);
        this.#process.leave(line);
      },
    };
  }

  /** What holds from here on. */
  set(settings: TerminalSettings): void {
    this.#process.set(settings);
  }

  /** Ends every session; resolves when nothing runs any more. */
  close(): Promise<void> {
    return this.#process.close();
  }
}
