import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/install.mjs';
import { freePort } from '../../tests/support/freePort.ts';
import { Program } from '../../tests/support/program.ts';
import type { TerminalKind } from './terminalKind.ts';

const SERVER = join(ROOT, 'bench', 'terminals', 'attachedServer.ts');

/**
 * What ttyd does, which Debian 12 does not have: one program that has the pty and hands its output to xterm.js over one
 * WebSocket without TLS, with the flow control of ttyd. Nobody else may see the session, and nothing of it is kept.
 */
export const attached: TerminalKind = {
  name: 'xterm.js on a pty',
  async start(openLink) {
    const port = await freePort();
    await using started = new AsyncDisposableStack();
    const link = started.use(await openLink(port));
    const server = started.use(new Program(process.execPath, [SERVER, `${port}`]));
    await server.printed(/ready/);
    const running = started.move();
    return {
      processes: { server: server.pid },
      lines: 'bench.lines()',
      shown: 'bench.lines()',
      outputOf: '(message) => message',
      async open(browser, prepare) {
        const page = await browser.newPage();
        await prepare?.(page);
        await page.goto(`http://127.0.0.1:${link.port}/`);
        await page.waitForFunction('bench.lines().some((line) => line.trim() !== "")');
        return page;
      },
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  },
};
