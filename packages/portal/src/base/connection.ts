import type { Device, ErrorCode, Session } from '@porthole/protocol';
import { AlertsStore } from './alertsStore.ts';
import type { Api } from './api.ts';
import { DevicesStore } from './devicesStore.ts';
import { type FromHub, HubLink, type LinkPhase } from './link.ts';
import { Preferences } from './preferences/preferences.ts';
import { preferencesApi } from './preferences/preferencesApi.ts';
import type { ProductStore } from './productStore.ts';
import { Store } from './store.ts';
import { WatchSet } from './watchSet.ts';

/** `viewer` names this page at the hub; it changes with every reconnect and is undefined while there is no connection. */
export interface ConnectionState {
  phase: LinkPhase;
  viewer: string | undefined;
}

export interface ConnectionOptions {
  api: Api;
  session: Session;
  url: string;
  /** Hears how the portal of this hub is named. */
  product: ProductStore;
  /** The hub ended the session, or no longer knows it. */
  ended(code: ErrorCode): void;
}

/** How often to ask, while reconnecting, whether the session still exists: a refused upgrade looks like a dead hub. */
const SESSION_CHECK_MS = 10_000;

/** Everything that lives as long as one signed-in session in this page: the link and what it feeds. */
export class Connection {
  readonly api: Api;
  readonly session: Session;
  readonly devices = new DevicesStore();
  readonly alerts = new AlertsStore();
  readonly preferences: Preferences;
  readonly watch: WatchSet;
  readonly link: HubLink;
  readonly state = new Store<ConnectionState>({ phase: 'connecting', viewer: undefined });
  readonly #options: ConnectionOptions;
  readonly #offers = new Set<(device: string, from: string) => void>();
  readonly #endings: (() => void)[] = [];
  readonly #sessionCheck: ReturnType<typeof setInterval>;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.api = options.api;
    this.session = options.session;
    this.preferences = new Preferences(preferencesApi(options.api));
    void this.preferences.read();
    this.watch = new WatchSet({ send: (message) => this.link.send(message) });
    this.link = new HubLink({
      url: options.url,
      events: { phase: (phase) => this.#phase(phase), message: (message) => this.#message(message) },
    });
    this.#sessionCheck = setInterval(() => void this.#checkSession(), SESSION_CHECK_MS);
  }

  /** Hears when somebody hands control of a device to this page. */
  onOffer(listener: (device: string, from: string) => void): () => void {
    this.#offers.add(listener);
    return () => this.#offers.delete(listener);
  }

  /** Runs `listener` when the session ends here, for what lives as long as it does. */
  onClosed(listener: () => void): void {
    this.#endings.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const ended of this.#endings) ended();
    clearInterval(this.#sessionCheck);
    this.preferences.close();
    this.watch.close();
    this.link.close();
  }

  #phase(phase: LinkPhase): void {
    if (this.#closed) return;
    if (phase === 'open') {
      this.state.set({ phase, viewer: this.link.viewer });
      this.link.send({ type: 'subscribe' });
      this.watch.connected();
      this.preferences.connected();
      return;
    }
    this.watch.disconnected();
    this.state.set({ phase, viewer: undefined });
    if (phase === 'reconnecting') void this.#checkSession();
  }

  #message(message: FromHub): void {
    this.devices.apply(message);
    this.alerts.apply(message);
    if (message.type === 'control.offered') {
      for (const listener of [...this.#offers]) listener(message.device, message.from);
    } else if (message.type === 'preferences.changed') {
      void this.preferences.read();
    } else if (message.type === 'product') {
      this.#options.product.set(message.product);
    } else if (message.type === 'session.ended') {
      this.#options.ended(message.code);
    }
  }

  async #checkSession(): Promise<void> {
    if (this.#closed || this.state.get().phase === 'open') return;
    // When the hub is away the answer is an error: the page already says so, and the link keeps trying.
    const session = await this.api.session().catch(() => this.session);
    if (!this.#closed && session === undefined) this.#options.ended('auth.session-ended');
  }
}

/** The viewer in control of the device, if any. */
export function controllerOf(device: Pick<Device, 'viewers'>): Device['viewers'][number] | undefined {
  return device.viewers.find((viewer) => viewer.controlling);
}
