import type { Page } from 'playwright-core';
import { seeded } from '../../tests/support/x11/random.ts';

const PRESSES = 150;
/** So many letters fit into a line beside the prompt. */
const PER_LINE = 30;
const WAIT_MS = 2_000;

/**
 * From the key press in the browser to the animation frame that draws the letter, in ms, for letters typed at the prompt of a
 * shell. `lines` is an expression of the page: the text of the visible rows.
 */
export async function keyToEcho(page: Page, lines: string): Promise<{ delays: number[]; missed: number }> {
  await page.evaluate(install(lines));
  const random = seeded(9);
  const delays: number[] = [];
  let missed = 0;
  for (let press = 0; press < PRESSES; press += 1) {
    if (press % PER_LINE === PER_LINE - 1) await newLine(page);
    await page.evaluate('echo.arm()');
    await page.keyboard.press(String.fromCharCode(97 + Math.floor(random() * 26)));
    const ms = await page.evaluate<number | null>('echo.delay');
    if (ms === null) missed += 1;
    else delays.push(ms);
    await page.waitForTimeout(40 + random() * 60);
  }
  return { delays, missed };
}

/** Forgets what was typed, so that the shell does not run it. */
async function newLine(page: Page): Promise<void> {
  await page.keyboard.press('Control+c');
  await page.waitForTimeout(200);
}

/** `echo.delay` is a promise of how long the key after `echo.arm()` takes to change the rows; null when it changes nothing. */
function install(lines: string): string {
  return `{
    const read = () => ${lines}.join('\\n');
    const wait = (resolve) => {
      addEventListener('keydown', ({ timeStamp }) => {
        const before = read();
        const look = (now) => {
          if (read() !== before) resolve(performance.now() - timeStamp);
          else if (now - timeStamp > ${WAIT_MS}) resolve(null);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, { capture: true, once: true });
    };
    window.echo = { arm: () => { window.echo.delay = new Promise(wait); } };
  }`;
}
