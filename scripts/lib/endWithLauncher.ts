import { listProcesses, signalTree } from '../../tests/support/processes.ts';

/**
 * Ends this process and all below it, at once, when the launcher asks for it or is gone. Call what is returned when the
 * work is done: it lets the process end by itself.
 */
export function endWithLauncher(): () => void {
  const end = () => {
    // Not the polite way: what a test started may be stopped, or may hang, which is why somebody wants an end.
    const children = listProcesses().filter(({ parent }) => parent === process.pid);
    for (const { pid } of children) signalTree(pid, 'SIGKILL');
    process.exit(1);
  };
  process.on('SIGTERM', end).on('disconnect', end);
  return () => {
    process.off('disconnect', end);
    process.disconnect?.();
  };
}
