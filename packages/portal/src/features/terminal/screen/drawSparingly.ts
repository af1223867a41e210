import type { Terminal } from '@xterm/xterm';

/** Output since the last picture that makes a flood, in bytes: more than any full screen needs. */
const FLOOD = 32 * 1024;
/** Time between two pictures of a flood, in ms. */
const PAUSE_MS = 66;

type Refresh = (start: number, end: number, isRedrawOnly?: boolean) => void;

/** How long to wait with the next picture, in ms, by the bytes and the time since the last one. */
export function pauseBeforeDrawing(bytes: number, sinceMs: number): number {
  return bytes < FLOOD ? 0 : Math.max(0, PAUSE_MS - sinceMs);
}

/**
 * Lets an open terminal draw only some of the pictures of a flood: nobody could read the others, and they cost more time
 * than the parsing. Anything less is drawn in the next frame. Returns what is to be told of output, in bytes.
 */
export function drawSparingly(terminal: Terminal): (bytes: number) => void {
  const service = renderServiceOf(terminal);
  const refresh: unknown = service && Reflect.get(service, 'refreshRows');
  // Another version of the terminal, which then draws as often as it likes.
  if (!service || !isRefresh(refresh)) return () => undefined;
  let [bytes, drawnAt] = [0, 0];
  let isWaiting = false;
  const draw: Refresh = (...rows) => {
    [bytes, drawnAt] = [0, performance.now()];
    Reflect.apply(refresh, service, rows);
  };
  const drawLater = () => {
    isWaiting = false;
    draw(0, terminal.rows - 1);
  };
  const refreshSparingly: Refresh = (...rows) => {
    if (isWaiting) return;
    const pause = pauseBeforeDrawing(bytes, performance.now() - drawnAt);
    if (pause === 0) return draw(...rows);
    isWaiting = true;
    setTimeout(drawLater, pause);
  };
  Reflect.set(service, 'refreshRows', refreshSparingly);
  return (count) => {
    bytes += count;
  };
}

/** What the terminal's own add-ons reach for too: there is no public way to say when to draw. */
function renderServiceOf(terminal: Terminal): object | undefined {
  const core: unknown = Reflect.get(terminal, '_core');
  const service: unknown = core instanceof Object ? Reflect.get(core, '_renderService') : undefined;
  return service instanceof Object ? service : undefined;
}

function isRefresh(value: unknown): value is Refresh {
  return typeof value === 'function';
}
