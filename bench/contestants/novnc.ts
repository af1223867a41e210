import { eventually } from '../../tests/support/eventually.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { Program } from '../../tests/support/program.ts';
import type { OpenLink } from '../links/link.ts';
import type { Contestant, Serving } from './contestant.ts';
import { showsDisplay } from './showsDisplay.ts';

const SELECTOR = 'canvas';

/** A VNC server for a running display. */
export interface VncServer {
  id: string;
  /** Its program, which names it in figures. */
  file: string;
  /** So that it serves `display` on `port` of 127.0.0.1 to anyone, several at a time. */
  args(display: string, port: number): string[];
}

/** A VNC server with websockify, and noVNC in the browser. */
export function noVncOn(server: VncServer): Contestant {
  return {
    id: server.id,
    name: `noVNC + ${server.file.toLowerCase()}`,
    selector: SELECTOR,
    start: (display, openLink) => serve(server, display, openLink),
  };
}

async function serve({ file, args }: VncServer, display: string, openLink: OpenLink): Promise<Serving> {
  const [rfb, web] = [await freePort(), await freePort()];
  await using started = new AsyncDisposableStack();
  const link = started.use(await openLink(web));
  const vnc = started.use(new Program(file, args(display, rfb)));
  const bridge = started.use(
    new Program('websockify', ['--web', '/usr/share/novnc', `127.0.0.1:${web}`, `127.0.0.1:${rfb}`]),
  );
  const url = `http://localhost:${link.port}/vnc_lite.html?scale=false`;
  await eventually('noVNC is served', async () => (await fetch(`http://localhost:${web}/vnc_lite.html`)).ok);
  const running = started.move();
  return {
    processes: { [file.toLowerCase()]: vnc.pid, websockify: bridge.pid },
    get bytesOut() {
      return link.bytesOut;
    },
    async view(browser) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await page.goto(url);
      await showsDisplay(page, SELECTOR);
      return page;
    },
    takeControl: (page) => page.locator(SELECTOR).click({ position: { x: 20, y: 200 } }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
