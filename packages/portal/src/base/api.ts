import {
  type Enrolment,
  type ErrorCode,
  enrolment,
  errorBody,
  type FeatureName,
  hubStatus,
  isErrorCode,
  PATHS,
  PortholeError,
  type Product,
  product,
  type ScreenSettings,
  type Session,
  session,
  type TerminalSettings,
  ticket,
} from '@porthole/protocol';
import { sentenceFor, sentenceOf } from './sentenceFor.ts';
import { texts } from './texts.ts';

export { sentenceOf };

/** What a zod schema can do, as far as it is needed here. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

interface ApiOptions {
  fetch?: typeof fetch;
  /** Called when the hub no longer knows the session; the call that found out still rejects. */
  signedOut?: (code: ErrorCode) => void;
}

/** The hub's HTTP routes. Every method rejects with a `PortholeError`, whatever went wrong. */
export class Api {
  readonly #fetch: typeof fetch;
  readonly #signedOut: (code: ErrorCode) => void;

  constructor({ fetch: send = (input, init) => fetch(input, init), signedOut = () => undefined }: ApiOptions = {}) {
    this.#fetch = send;
    this.#signedOut = signedOut;
  }

  async needsSetup(): Promise<boolean> {
    return (await this.#read('GET', PATHS.status, hubStatus)).needsSetup;
  }

  /** How the portal of this hub is named and marked. */
  async product(): Promise<Product> {
    return this.#read('GET', PATHS.product, product);
  }

  /** The signed-in user, or undefined when nobody is. */
  async session(): Promise<Session | undefined> {
    try {
      return checked(session, await this.#call('GET', PATHS.session));
    } catch (error) {
      if (error instanceof PortholeError && error.status === 401) return undefined;
      throw error;
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.#call('POST', PATHS.session, { username, password });
  }

  async signOut(): Promise<void> {
    await this.#call('DELETE', PATHS.session);
  }

  async setUp(body: { code: string; username: string; password: string }): Promise<void> {
    await this.#call('POST', PATHS.setup, body);
  }

  async rename(deviceId: string, name: string): Promise<void> {
    await this.#guarded('PATCH', devicePath(deviceId), { name });
  }

  async remove(deviceId: string): Promise<void> {
    await this.#guarded('DELETE', devicePath(deviceId));
  }

  async setToggle(deviceId: string, feature: FeatureName, on: boolean): Promise<void> {
    await this.#guarded('PUT', `${devicePath(deviceId)}/toggles/${feature}`, { on });
  }

  /** What viewers of the device have by default from now on. */
  async setScreenSettings(deviceId: string, settings: ScreenSettings): Promise<void> {
    await this.#guarded('PUT', `${devicePath(deviceId)}/settings/screen`, settings);
  }

  /** What holds for the terminals of the device from now on. */
  async setTerminalSettings(deviceId: string, settings: TerminalSettings): Promise<void> {
    await this.#guarded('PUT', `${devicePath(deviceId)}/settings/terminal`, settings);
  }

  /** A single-use right to open one channel of `feature`, for the page that the hub calls `viewer`. */
  async ticket(deviceId: string, feature: FeatureName, viewer: string): Promise<string> {
    const answer = await this.#guarded('POST', `${devicePath(deviceId)}/tickets`, { feature, viewer });
    return checked(ticket, answer).ticket;
  }

  /** Hands control of the device to another viewer of it. */
  async giveControl(deviceId: string, to: string): Promise<void> {
    await this.#guarded('POST', `${devicePath(deviceId)}/control`, { to });
  }

  async enrol(): Promise<Enrolment> {
    return this.#read('POST', PATHS.enrolments, enrolment);
  }

  /**
   * Asks a route whose answer is not simply JSON, or is long: its body is the caller's to read. Rejects with the refusal
   * as a `PortholeError`.
   */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    return await this.#watched(async () => {
      const response = await this.#send(path, init);
      if (!response.ok) throw toError(response.status, await readJson(response).catch(() => undefined));
      return response;
    });
  }

  async #read<T>(method: string, path: string, schema: Schema<T>): Promise<T> {
    return checked(schema, await this.#guarded(method, path));
  }

  /** As `#call`, and reports a session that is gone. */
  #guarded(method: string, path: string, body?: object): Promise<unknown> {
    return this.#watched(() => this.#call(method, path, body));
  }

  async #watched<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof PortholeError && (error.code === 'auth.required' || error.code === 'auth.session-ended')) {
        this.#signedOut(error.code);
      }
      throw error;
    }
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const sent = method !== 'GET' && method !== 'DELETE';
    const init: RequestInit = { method };
    if (sent) {
      init.headers = { 'content-type': 'application/json' };
      init.body = JSON.stringify(body ?? {});
    }
    const response = await this.#send(path, init);
    const answer = await readJson(response);
    if (!response.ok) throw toError(response.status, answer);
    return answer;
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(path, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', ...init });
    } catch {
      throw new PortholeError('internal', texts.link.unreachable);
    }
  }
}

/** The address of a device's latest thumbnail; `version` changes with the picture, so the browser may keep it. */
export function thumbnailUrl(deviceId: string, version: string): string {
  return `${devicePath(deviceId)}/thumbnail?v=${encodeURIComponent(version)}`;
}

/** Where everything about one device is. */
export function devicePath(deviceId: string): string {
  return `${PATHS.devices}/${encodeURIComponent(deviceId)}`;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new PortholeError('internal', texts.link.unreachable);
  }
}

/** What the hub said, if it has the promised shape; throws `internal` otherwise. */
export function checked<T>(schema: Schema<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new PortholeError('internal');
  return parsed.data;
}

/** The refusal that an answer of the hub carries; `answer` is its body as far as it could be read. */
export function toError(status: number, answer: unknown): PortholeError {
  const parsed = errorBody.safeParse(answer);
  if (parsed.success && isErrorCode(parsed.data.code)) {
    return new PortholeError(parsed.data.code, sentenceFor(parsed.data.code, parsed.data.message));
  }
  if (status === 401) return new PortholeError('auth.required');
  return new PortholeError(status === 404 ? 'not-found' : 'internal');
}
