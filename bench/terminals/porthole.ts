import { FRAME_HEADER, FrameType, TERMINAL_OUTPUT } from '@porthole/protocol';
import type { Page } from 'playwright-core';
import { signIn, type TestBrowser } from '../../tests/support/browser.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { PortholeServing } from '../contestants/porthole.ts';
import type { TerminalKind } from './terminalKind.ts';

/** The script access comes with the panel. */
const PROMPT = 'Boolean(window.porthole?.terminal?.()?.lines.some((line) => line.trim() !== ""))';

/** An expression of the page: the text of the visible rows. */
export const PORTHOLE_LINES = 'porthole.terminal().lines';

const PORTHOLE_SHOWN = '[...porthole.terminal().lines, porthole.terminal().predicted]';

/** A page with a terminal that has the keyboard; `prepare` may install scripts in it first. */
export async function openTerminal(
  serving: PortholeServing,
  browser: TestBrowser,
  prepare?: (page: Page) => Promise<void>,
): Promise<Page> {
  const page = await browser.newPage();
  await prepare?.(page);
  await signIn(page, serving.viewerUrl, serving.user);
  await page.getByRole('link', { name: /^bench/ }).click();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await eventually('the prompt shows', () => page.evaluate<boolean>(PROMPT));
  await page.getByTestId('terminal').click();
  return page;
}

/** This project, with a hub and TLS in between. */
export const portholeTerminal: TerminalKind = {
  name: 'Porthole',
  async start(openLink) {
    const serving = await PortholeServing.start('fake', openLink);
    return {
      processes: serving.processes,
      lines: PORTHOLE_LINES,
      shown: PORTHOLE_SHOWN,
      outputOf: `(message) => message[0] === ${FrameType.data} && message[${FRAME_HEADER}] === ${TERMINAL_OUTPUT[0]}
        ? message.subarray(${FRAME_HEADER + TERMINAL_OUTPUT.byteLength}) : undefined`,
      open: (browser, prepare) => openTerminal(serving, browser, prepare),
      [Symbol.asyncDispose]: () => serving[Symbol.asyncDispose](),
    };
  },
};
