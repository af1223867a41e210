import type { Page } from 'playwright-core';
import type { TestBrowser } from '../../tests/support/browser.ts';
import type { OpenLink } from '../links/link.ts';

/** A way to see a display in a browser. */
export interface Contestant {
  /** As chosen on the command line. */
  id: string;
  name: string;
  /** Where its picture is in the page: a canvas or video of the display's own size. */
  selector: string;
  /** Serves `display` (`:7`) to viewers that come over the link. */
  start(display: string, openLink: OpenLink): Promise<Serving>;
}

/** A contestant at work. */
export interface Serving extends AsyncDisposable {
  /** Its processes by name: with their children, the serving side whose CPU time is counted. */
  readonly processes: Record<string, number>;
  /** Bytes sent to viewers so far. */
  readonly bytesOut: number;
  /** Opens one more viewer; resolves when the display's picture shows. */
  view(browser: TestBrowser): Promise<Page>;
  /** From then on, keys pressed in the page go to the display. */
  takeControl(page: Page): Promise<void>;
}
