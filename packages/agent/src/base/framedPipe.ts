import type { Duplex } from 'node:stream';

const HEADER = 5;
const Kind = { control: 0, data: 1 } as const;
/** A message larger than this means that the two ends no longer agree on where one begins. */
const MAX_MESSAGE = 8 * 1024 * 1024;

/** One message of a child process or to it: a control object, or bytes for a numbered target. */
export interface PipeHandlers<Control> {
  control(message: Control): void;
  /** The bytes are valid during the call only. */
  data(target: number, sync: boolean, bytes: Uint8Array): void;
}

/**
 * Messages over the pipe between this program and its own child: u32 length, u8 kind, body. Both ends are the same build, so
 * control objects are not checked again.
 */
export class FramedPipe<Out, In> {
  readonly #stream: Duplex;
  readonly #handlers: PipeHandlers<In>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(stream: Duplex, handlers: PipeHandlers<In>) {
    this.#stream = stream;
    this.#handlers = handlers;
    stream.on('data', (chunk: Buffer) => this.#received(chunk));
  }

  control(message: Out): void {
    const json = Buffer.from(JSON.stringify(message));
    this.#write(Kind.control, json.byteLength, [json]);
  }

  data(target: number, sync: boolean, bytes: Uint8Array): void {
    const head = Buffer.allocUnsafe(5);
    head.writeUInt32BE(target, 0);
    head.writeUInt8(sync ? 1 : 0, 4);
    this.#write(Kind.data, head.byteLength + bytes.byteLength, [head, bytes]);
  }

  #write(kind: number, length: number, parts: Uint8Array[]): void {
    if (this.#stream.destroyed || this.#stream.writableEnded) return;
    const header = Buffer.allocUnsafe(HEADER);
    header.writeUInt32BE(length, 0);
    header.writeUInt8(kind, 4);
    this.#stream.cork();
    this.#stream.write(header);
    for (const part of parts) this.#stream.write(part);
    this.#stream.uncork();
  }

  #received(chunk: Buffer): void {
    this.#pending = this.#pending.byteLength === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let offset = 0;
    while (this.#pending.byteLength - offset >= HEADER) {
      const length = this.#pending.readUInt32BE(offset);
      if (length > MAX_MESSAGE) throw new Error('the pipe to the child process is out of step');
      const end = offset + HEADER + length;
      if (end > this.#pending.byteLength) break;
      this.#dispatch(this.#pending[offset + 4], this.#pending.subarray(offset + HEADER, end));
      offset = end;
    }
    this.#pending = this.#pending.subarray(offset);
  }

  #dispatch(kind: number | undefined, body: Buffer): void {
    if (kind === Kind.control) this.#handlers.control(JSON.parse(body.toString('utf8')) as In);
    else this.#handlers.data(body.readUInt32BE(0), body[4] === 1, body.subarray(5));
  }
}
