import { type ErrorCode, PATHS, type Session } from '@porthole/protocol';
import { Api, sentenceOf } from './api.ts';
import { Connection } from './connection.ts';
import { Store } from './store.ts';

/** Why somebody stands before the sign-in page: nothing special, they left, or the hub ended the session. */
export type SignInReason = ErrorCode | 'signedOut' | undefined;

/** Where this page stands before anything else can be shown. */
export type Entry =
  | { at: 'loading' }
  | { at: 'unreachable'; message: string }
  | { at: 'setUp' }
  | { at: 'signIn'; reason: SignInReason }
  | { at: 'home'; connection: Connection };

/** The page's way in: finds out whether to set up, sign in or go home, and owns the connection of the session. */
export class Portal {
  readonly entry = new Store<Entry>({ at: 'loading' });
  readonly api: Api;
  readonly #origin: string;

  /** `origin` is the hub's, for example `https://hub.lan:7443`. */
  constructor(origin: string) {
    this.#origin = origin;
    this.api = new Api({ signedOut: (code) => this.#leave(code) });
  }

  /** Asks the hub where to begin. Never rejects. */
  async start(): Promise<void> {
    try {
      const session = await this.api.session();
      if (session) this.#enter(session);
      else this.#show((await this.api.needsSetup()) ? { at: 'setUp' } : { at: 'signIn', reason: undefined });
    } catch (error) {
      this.#show({ at: 'unreachable', message: sentenceOf(error) });
    }
  }

  /** Rejects with the `PortholeError` of the refusal. */
  async signIn(username: string, password: string): Promise<void> {
    await this.api.signIn(username, password);
    await this.start();
  }

  /** Creates the first administrator. Rejects with the `PortholeError` of the refusal. */
  async setUp(body: { code: string; username: string; password: string }): Promise<void> {
    await this.api.setUp(body);
    // The hub may or may not have signed the new administrator in.
    if ((await this.api.session()) === undefined) await this.api.signIn(body.username, body.password);
    await this.start();
  }

  /** Leaves at the hub as well; stays when the hub could not be told. */
  async signOut(): Promise<void> {
    await this.api.signOut();
    this.#leave('signedOut');
  }

  #enter(session: Session): void {
    const url = new URL(PATHS.portalSocket, this.#origin.replace(/^http/, 'ws')).href;
    const connection = new Connection({ api: this.api, session, url, ended: (code) => this.#leave(code) });
    this.#show({ at: 'home', connection });
  }

  #leave(reason: SignInReason): void {
    if (this.entry.get().at === 'home') this.#show({ at: 'signIn', reason });
  }

  #show(entry: Entry): void {
    const before = this.entry.get();
    if (before.at === 'home') before.connection.close();
    this.entry.set(entry);
  }
}
