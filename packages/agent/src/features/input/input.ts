import { decodeInput, type InputMessage, PortholeError } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import type { InputSink, OpenInput } from './backend.ts';

/** Messages kept while the display is still being opened. */
const MAX_EARLY = 256;

export interface InputOptions {
  open: OpenInput;
  display: string;
  /** A viewer has the seat from here on; undefined: nobody. */
  seatTaken?: (viewer: string | undefined) => void;
}

/**
 * Pointer and keys of the one viewer in control. The channel is the seat: when another opens, this one ends, and every end
 * releases what is still held down.
 */
export class InputFeature implements FeatureHandler {
  readonly #open: OpenInput;
  readonly #display: string;
  readonly #seatTaken: (viewer: string | undefined) => void;
  #seated: HostChannel | undefined;

  constructor({ open, display, seatTaken = () => undefined }: InputOptions) {
    this.#open = open;
    this.#display = display;
    this.#seatTaken = seatTaken;
  }

  open(channel: HostChannel): ChannelListener {
    this.#seated?.close('control.taken');
    this.#seated = channel;
    this.#seatTaken(channel.viewer);
    const early: InputMessage[] = [];
    let sink: InputSink | undefined;
    let isOpen = true;
    const ready = (opened: InputSink) => {
      if (!isOpen) return opened.close();
      sink = opened;
      void opened.closed.then(() => channel.close('display.lost'));
      for (const message of early) apply(opened, message);
      channel.accept();
    };
    this.#open(this.#display).then(ready, (error: unknown) => {
      channel.close(error instanceof PortholeError ? error.code : 'display.missing');
    });
    return {
      message: (bytes) => {
        const message = decodeInput(bytes);
        if (sink) apply(sink, message);
        else if (early.length < MAX_EARLY) early.push(message);
      },
      closed: () => {
        isOpen = false;
        sink?.close();
        if (this.#seated !== channel) return;
        this.#seated = undefined;
        this.#seatTaken(undefined);
      },
    };
  }
}

function apply(sink: InputSink, message: InputMessage): void {
  switch (message.type) {
    case 'move':
      return sink.move(message.x, message.y);
    case 'button':
      sink.move(message.x, message.y);
      return sink.button(message.button, message.down);
    case 'wheel':
      sink.move(message.x, message.y);
      return sink.wheel(message.dx, message.dy);
    case 'key':
      return sink.key(message.down, message.keysym, message.code);
    case 'text':
      return sink.text(message.text);
    case 'release':
      return sink.releaseAll();
  }
}
