import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';
import { withNonce } from './pageStyles.ts';

let accelerated: boolean | undefined;

/** Draws by WebGL where a graphics processor does it, and by the page's own text otherwise, or as soon as that fails. */
export function drawQuickly(terminal: Terminal, nonce: string): void {
  accelerated ??= isAccelerated();
  if (!accelerated) return;
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => withNonce(nonce, () => webgl.dispose()));
    terminal.loadAddon(webgl);
  } catch {
    // Too many contexts, or none any more: the terminal keeps what it draws with.
    accelerated = false;
  }
}

/** Names of drivers that compute pictures by the processor. There, text drawn by the page itself is several times as quick. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function isAccelerated(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const driver: unknown = context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(String(driver));
}
