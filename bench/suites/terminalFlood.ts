import { join } from 'node:path';
import { errorText } from '../../scripts/lib/errorText.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { loopback } from '../links/links.ts';
import { cpuBetween, cpuSeconds } from '../measure/cpu.ts';
import { hashOfText, recordOutput } from '../measure/outputRecorder.ts';
import { medianOf } from '../measure/statistics.ts';
import { writeMixedText } from '../terminals/mixedText.ts';
import type { TerminalKind } from '../terminals/terminalKind.ts';
import { TERMINAL_KINDS } from '../terminals/terminalKinds.ts';
import type { Bench, Figures, Suite } from './suite.ts';

const BYTES = 100e6;
const MARKS = { first: 'first-line-of-the-text', last: 'last-line-of-the-text' };
const PATIENCE_MS = 180_000;
const SETTLE_MS = 1_000;

/** A long text shown by `cat`, until its last line is drawn. */
export const terminalFlood: Suite = {
  name: 'terminal-flood',
  title: `Command line: cat of ${BYTES / 1e6} MB of mixed UTF-8 (CPU of the serving side)`,
  async run(bench) {
    using folder = new TempDir();
    const path = join(folder.path, 'text');
    const hash = await hashOfText(path, writeMixedText(path, BYTES, MARKS));
    const runs = new Map<TerminalKind, Figures[]>(TERMINAL_KINDS.map((kind) => [kind, []]));
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const [kind, figures] of runs) {
        bench.say(`terminal-flood: round ${round} of ${bench.rounds}, ${kind.name}`);
        figures.push(...(await measure(bench, kind, { path, hash })));
      }
    }
    return [...runs].map(([kind, figures]) => ({ labels: [kind.name], figures: medianOf(figures) }));
  },
};

/** Resolves in the frame that draws the last line; rejects when that takes too long. */
function shows(lines: string): string {
  return `new Promise((resolve, reject) => {
    const end = performance.now() + ${PATIENCE_MS};
    const look = () => {
      if (${lines}.some((line) => line.includes('${MARKS.last}'))) resolve();
      else if (performance.now() > end) reject(new Error('the last line does not come'));
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

interface Text {
  path: string;
  hash: string;
}

/** None when it failed. */
async function measure({ browser, say }: Bench, kind: TerminalKind, { path, hash }: Text): Promise<Figures[]> {
  try {
    await using serving = await kind.start(loopback.open);
    const page = await serving.open(browser, (opened) => recordOutput(opened, serving.outputOf));
    // The text comes as it is, not with line breaks as a typewriter needs them.
    await page.keyboard.type(`stty -onlcr; clear; cat ${path}`);
    await page.waitForTimeout(SETTLE_MS);
    await page.evaluate('output.forget()');
    const [before, start] = [cpuSeconds(serving.processes), performance.now()];
    await page.keyboard.press('Enter');
    await page.evaluate(shows(serving.lines));
    const seconds = (performance.now() - start) / 1000;
    const cpu = Object.values(cpuBetween(before, cpuSeconds(serving.processes))).reduce((sum, value) => sum + value, 0);
    const longest: number = await page.evaluate('output.longest()');
    const received: string = await page.evaluate(`output.hash('${MARKS.first}', '${MARKS.last}')`);
    await page.context().close();
    return [
      { 'MB/s': BYTES / 1e6 / seconds, 'CPU s': cpu, 'longest task ms': longest, intact: Number(received === hash) },
    ];
  } catch (error) {
    say(`failed: ${errorText(error)}`);
    return [];
  }
}
