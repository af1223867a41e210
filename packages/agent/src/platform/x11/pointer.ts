import type { XConnection } from './connection.ts';

const INTERVAL_MS = 16;
const GENERIC_EVENT = 35;
const RAW_MOTION = 17;
const ALL_MASTER_DEVICES = 1;

/** Stops watching. */
export type StopWatching = () => void;

/**
 * Reports the pointer's position now and after it moved, at most about 60 times a second. Raw motion events say that it
 * moves, whatever window or grab is under it; nothing is asked while it rests.
 */
export async function watchPointer(
  connection: XConnection,
  moved: (x: number, y: number) => void,
): Promise<StopWatching> {
  const input = await connection.extension('xinput');
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  let movedMeanwhile = false;
  const read = async (): Promise<void> => {
    const { rootX, rootY } = await connection.ask<{ rootX: number; rootY: number }>((reply) =>
      connection.client.QueryPointer(connection.root, reply),
    );
    if (last === `${rootX},${rootY}`) return;
    last = `${rootX},${rootY}`;
    moved(rootX, rootY);
  };
  // Fails only when the connection ends, which its owner hears of.
  const readQuietly = (): Promise<void> => read().catch(() => undefined);
  const onMotion = (): void => {
    movedMeanwhile = timer !== undefined;
    if (timer) return;
    void readQuietly();
    timer = setTimeout(() => {
      timer = undefined;
      if (movedMeanwhile) onMotion();
    }, INTERVAL_MS);
  };
  connection.onEvent((event) => {
    if (event.type !== GENERIC_EVENT || event.rawData[1] !== input.majorOpcode) return;
    if (event.rawData.readUInt16LE(8) === RAW_MOTION) onMotion();
  });
  input.XISelectEvents(connection.root, { deviceId: ALL_MASTER_DEVICES, mask: 1 << RAW_MOTION });
  await readQuietly();
  return () => clearTimeout(timer);
}
