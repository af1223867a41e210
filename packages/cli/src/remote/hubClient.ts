import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { connectionFailure } from './connectionFailure.ts';
import { Failure } from './failure.ts';
import { type Pin, tlsFor } from './pin.ts';

/** Checks an answer and gives it its type. */
export interface Shape<Value> {
  parse(value: unknown): Value;
}

/** A refusal of the hub: `code` of the catalogue, the message its sentence. */
export class Refusal extends Failure {
  readonly code: string;

  constructor(code: string, message: string, status = 1) {
    super(message, status);
    this.code = code;
  }
}

interface Sent {
  body?: unknown;
  signal?: AbortSignal;
}

/** An answer that takes longer to begin is given up, in ms. */
const ANSWER_MS = 60_000;
/** A stream on which nothing comes for so long is broken, in ms; hubs say something every 15 s. */
const SILENCE_MS = 45_000;

/** Talks to the one hub that was pinned. Call `close()` when done. */
export class HubClient {
  readonly hub: string;
  readonly #agent: Agent;
  #cookie: string;

  constructor(hub: string, pin: Pin, cookie = '') {
    this.hub = hub;
    this.#agent = new Agent({ keepAlive: true, ...tlsFor(pin) });
    this.#cookie = cookie;
  }

  /** The session, as a `Cookie` header. */
  get cookie(): string {
    return this.#cookie;
  }

  /** Asks and checks the answer. Throws `Refusal` with the sentence of the hub, `Failure` when it cannot be reached. */
  async ask<Value>(method: string, path: string, shape: Shape<Value>, sent?: Sent): Promise<Value> {
    const answer = await this.#send(method, path, sent);
    return shape.parse(parseJson(await text(answer).catch((error: unknown) => this.#failed(error))));
  }

  /** The same where nothing is answered. */
  async tell(method: string, path: string, sent?: Sent): Promise<void> {
    const answer = await this.#send(method, path, sent);
    answer.resume();
    await once(answer, 'end');
  }

  /** Lines as they come. Ends when the answer does, whole or cut off. */
  async *lines(path: string, sent?: Sent): AsyncGenerator<string> {
    const answer = await this.#send('GET', path, sent);
    answer.setEncoding('utf8');
    answer.setTimeout(SILENCE_MS, () => answer.destroy());
    let rest = '';
    try {
      for await (const chunk of answer) {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    } catch (error) {
      if (!answer.destroyed || answer.complete) throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #send(method: string, path: string, { body, signal }: Sent = {}): Promise<IncomingMessage> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(this.#cookie && { cookie: this.#cookie }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    };
    const options = { method, agent: this.#agent, headers, ...(signal && { signal }) };
    const asking = request(new URL(path, this.hub), options);
    const slow = setTimeout(() => asking.destroy(new Failure(`${this.hub} does not answer.`)), ANSWER_MS);
    try {
      asking.end(json);
      const [answer]: IncomingMessage[] = await once(asking, 'response');
      // What breaks off later is told by the answer itself.
      asking.on('error', () => asking.destroy());
      if (!answer) throw new Failure(`${this.hub} does not answer.`);
      this.#keepCookie(answer);
      if ((answer.statusCode ?? 0) >= 300) throw await refusalOf(answer);
      return answer;
    } catch (error) {
      return this.#failed(error);
    } finally {
      clearTimeout(slow);
    }
  }

  #failed(error: unknown): never {
    throw connectionFailure(this.hub, error);
  }

  #keepCookie({ headers }: IncomingMessage): void {
    const [pair = ''] = headers['set-cookie']?.[0]?.split(';') ?? [];
    if (pair !== '') this.#cookie = pair.endsWith('=') ? '' : pair;
  }
}

async function refusalOf(answer: IncomingMessage): Promise<Refusal> {
  const { code, message } = (parseJson(await text(answer)) ?? {}) as Record<string, unknown>;
  const isOurs = typeof code === 'string' && typeof message === 'string';
  if (!isOurs) return new Refusal('internal', `The hub answered with status ${answer.statusCode}.`);
  const isSignedOut = code === 'auth.required' || code === 'auth.session-ended';
  return new Refusal(code, isSignedOut ? "Your session has ended; use 'porthole login' again." : message);
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new Failure('The hub gave an answer that makes no sense.');
  }
}
