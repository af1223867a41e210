import type { ScreenSettings } from '@porthole/protocol';
import { Store } from '../../base/store.ts';
import { ScreenPreferences } from './screenPreferences.ts';
import { NO_SCREEN, ScreenSession, type ScreenSnapshot } from './screenSession.ts';
import { loadOwn, saveOwn } from './screenSettings.ts';

/** Which picture to show, and for which viewer the hub counts it. */
export interface ScreenTarget {
  deviceId: string;
  viewer: string;
  monitor: string;
  /** Counts a person's retries: another number is another stream. */
  attempt: number;
}

/**
 * The place of the picture on the page. It lets one session follow another (new connection, other monitor) and keeps
 * the last picture visible until the next one is there.
 */
export class ScreenHost {
  readonly state = new Store<ScreenSnapshot>(NO_SCREEN);
  /** How the person at this page wants the picture: in force at once, remembered for this device in this browser. */
  readonly preferences: ScreenPreferences;
  /** Whether areas are coloured by their coder. */
  readonly codersShown = new Store(false);
  #place: HTMLElement | undefined;
  #session: ScreenSession | undefined;
  #canvas: HTMLCanvasElement | undefined;
  /** What the session shows. */
  #source = '';
  #monitor = '';
  #attempt = 0;
  #isShown = true;
  /** An earlier picture under a canvas that has none yet. */
  #stale: HTMLCanvasElement | undefined;

  /** `defaults` is what the device has for everybody. */
  constructor(deviceId: string, defaults: ScreenSettings) {
    const own = loadOwn(deviceId);
    this.preferences = new ScreenPreferences({ defaults, own, save: (chosen) => saveOwn(deviceId, chosen) });
    const { settings } = this.preferences;
    settings.subscribe(() => this.#session?.set(settings.get()));
  }

  showCoders(shown: boolean): void {
    this.codersShown.set(shown);
    this.#session?.showCoders(shown);
  }

  /** A key just went to the device: the next change that is shown tells how long that took. */
  keySent(): void {
    this.#session?.keySent();
  }

  /** Whether it can be seen. While it cannot, nothing is sent of it; its last picture stays. */
  setShown(shown: boolean): void {
    this.#isShown = shown;
    this.#session?.setShown(shown);
    if (this.#canvas) this.#name(this.#canvas);
  }

  /** Puts the picture into `place`; the returned function takes everything out again. */
  attach(place: HTMLElement): () => void {
    this.#place = place;
    return () => {
      this.pause();
      place.replaceChildren();
      this.#place = undefined;
      this.#canvas = undefined;
      this.#stale = undefined;
      this.state.set(NO_SCREEN);
    };
  }

  /** Shows the target from now on; the picture before it stays until the new one is live. */
  open({ deviceId, viewer, monitor, attempt }: ScreenTarget, label: string): void {
    const place = this.#place;
    if (!place) return;
    if (this.#session && this.#source === `${deviceId} ${viewer}`) {
      this.#continue(monitor, attempt);
      return;
    }
    this.pause();
    this.#retire();
    const canvas = newCanvas(label);
    this.#canvas = canvas;
    this.#name(canvas);
    place.append(canvas);
    const session = new ScreenSession({ canvas, deviceId, viewer, monitor, settings: this.preferences.settings.get() });
    session.showCoders(this.codersShown.get());
    session.setShown(this.#isShown);
    this.#session = session;
    this.#source = `${deviceId} ${viewer}`;
    this.#monitor = monitor;
    this.#attempt = attempt;
    const update = () => this.#update(session);
    session.subscribe(update);
    update();
  }

  /** Stops the stream; the last picture stays. */
  pause(): void {
    const session = this.#session;
    this.#session = undefined;
    session?.close();
    this.state.patch({ metrics: null, exact: false, pointer: null, cursor: null });
  }

  /** The same device for the same viewer: the session itself can change over. */
  #continue(monitor: string, attempt: number): void {
    if (monitor !== this.#monitor) this.#session?.select(monitor);
    if (attempt !== this.#attempt) this.#session?.retry();
    this.#monitor = monitor;
    this.#attempt = attempt;
  }

  #update(session: ScreenSession): void {
    if (session !== this.#session) return;
    const next = session.snapshot();
    if (next.phase === 'live') this.#reveal();
    const before = this.state.get();
    // Until the new session knows its display, the page keeps the room of the old one: nothing jumps.
    const kept = next.width > 0 ? {} : { width: before.width, height: before.height };
    this.state.set({ ...next, ...kept, monitors: next.monitors.length > 0 ? next.monitors : before.monitors });
  }

  /** Makes the canvas in use the stale one, unless it never had a picture. */
  #retire(): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    canvas.removeAttribute('data-testid');
    if (canvas.style.visibility === 'hidden') {
      canvas.remove();
    } else {
      this.#stale?.remove();
      this.#stale = canvas;
    }
  }

  /** Only what can be seen is the screen for whoever looks for it by that name. */
  #name(canvas: HTMLCanvasElement): void {
    if (this.#isShown) canvas.dataset.testid = 'screen';
    else delete canvas.dataset.testid;
  }

  #reveal(): void {
    if (this.#canvas) this.#canvas.style.visibility = '';
    this.#stale?.remove();
    this.#stale = undefined;
  }
}

function newCanvas(label: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  canvas.style.visibility = 'hidden';
  return canvas;
}
