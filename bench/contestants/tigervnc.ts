import type { TestBrowser } from '../../tests/support/browser.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { Program } from '../../tests/support/program.ts';
import type { OpenLink } from '../links/link.ts';
import type { Contestant, Serving } from './contestant.ts';
import { showsDisplay } from './showsDisplay.ts';

const SELECTOR = 'canvas';

/** What people on Debian use today: TigerVNC for a running display, websockify, and noVNC in the browser. */
export const tigervnc: Contestant = {
  name: 'noVNC + x0tigervncserver',
  selector: SELECTOR,
  start: serve,
};

async function serve(display: string, openLink: OpenLink): Promise<Serving> {
  const [rfb, web] = [await freePort(), await freePort()];
  const vnc = new Program('X0tigervnc', [
    '-display',
    display,
    '-rfbport',
    `${rfb}`,
    '-localhost',
    '-SecurityTypes',
    'None',
  ]);
  const bridge = new Program('websockify', ['--web', '/usr/share/novnc', `127.0.0.1:${web}`, `127.0.0.1:${rfb}`]);
  const link = await openLink(web);
  const url = `http://localhost:${link.port}/vnc_lite.html?scale=false`;
  await eventually('noVNC is served', async () => (await fetch(url)).ok);
  return {
    processes: { x0tigervncserver: vnc.pid, websockify: bridge.pid },
    get bytesOut() {
      return link.bytesOut;
    },
    async view(browser: TestBrowser) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(url);
      await showsDisplay(page, SELECTOR);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await bridge.stop();
      await vnc.stop();
      await link[Symbol.asyncDispose]();
    },
  };
}
