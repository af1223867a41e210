import type { Page } from 'playwright-core';
import type { TestBrowser } from '../../tests/support/browser.ts';
import type { OpenLink } from '../links/link.ts';

/** A way to use a command line in a browser. */
export interface TerminalKind {
  name: string;
  /** Serves a shell of this machine to browsers that come over the link. */
  start(openLink: OpenLink): Promise<TerminalServing>;
}

/** A command line being served. */
export interface TerminalServing extends AsyncDisposable {
  /** Its processes by name: with their children, the serving side whose CPU time is counted. */
  readonly processes: Record<string, number>;
  /** An expression of the page: the text of the visible rows as an array. */
  readonly lines: string;
  /** The same with what is shown before the device has confirmed it, where there is such a thing. */
  readonly shown: string;
  /** An expression of the page: a function that answers what of a WebSocket message is output of the shell, or nothing. */
  readonly outputOf: string;
  /** Opens a page with a shell that has the keyboard; `prepare` may install scripts in it first. */
  open(browser: TestBrowser, prepare?: (page: Page) => Promise<void>): Promise<Page>;
}
