import { type Appearance, type ErrorCode, PATHS, type Session } from '@porthole/protocol';
import { Api, sentenceOf } from './api.ts';
import { followAppearance } from './appearance/followAppearance.ts';
import type { Look } from './appearance/look.ts';
import { Connection } from './connection.ts';
import { ProductStore } from './productStore.ts';
import { Store } from './store.ts';
import { chooseLanguage, type Language } from './texts/chooseLanguage.ts';

/** Why somebody stands before the sign-in page: nothing special, they left, or the hub ended the session. */
export type SignInReason = ErrorCode | 'signedOut' | undefined;

/** Where this page stands before anything else can be shown. */
export type Entry =
  | { at: 'loading' }
  | { at: 'unreachable'; message: string }
  | { at: 'setUp' }
  | { at: 'signIn'; reason: SignInReason }
  | { at: 'home'; connection: Connection };

interface PortalOptions {
  /** The hub's, for example `https://hub.lan:7443`. */
  origin: string;
  look: Look;
  /** What this page speaks. */
  language: Language;
}

/** The page's way in: finds out whether to set up, sign in or go home, and owns the connection of the session. */
export class Portal {
  readonly entry = new Store<Entry>({ at: 'loading' });
  readonly api: Api;
  readonly product = new ProductStore();
  readonly #options: PortalOptions;

  constructor(options: PortalOptions) {
    this.#options = options;
    this.api = new Api({ signedOut: (code) => this.#leave(code) });
  }

  /** How this page looks. */
  get look(): Look {
    return this.#options.look;
  }

  /** Asks the hub where to begin. Never rejects. */
  async start(): Promise<void> {
    void this.product.read(() => this.api.product());
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
    const entry = this.entry.get();
    if (entry.at === 'home') await entry.connection.preferences.flush();
    await this.api.signOut();
    this.#leave('signedOut');
  }

  #enter(session: Session): void {
    const url = new URL(PATHS.portalSocket, this.#options.origin.replace(/^http/, 'ws')).href;
    const { product } = this;
    const connection = new Connection({ api: this.api, session, url, product, ended: (code) => this.#leave(code) });
    const { look } = this.#options;
    const stop = followAppearance({
      preferences: connection.preferences,
      look,
      first: ({ language }, isKept) => {
        // Without anything kept the reloaded page would ask for the same again, for ever.
        if (isKept && this.#speaksOther(language)) window.location.reload();
      },
    });
    connection.onClosed(stop);
    this.#show({ at: 'home', connection });
  }

  #speaksOther(preference: Appearance['language']): boolean {
    return chooseLanguage(preference, navigator.languages) !== this.#options.language;
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
