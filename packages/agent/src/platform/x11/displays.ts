import { XConnection } from './connection.ts';
import { readLayout } from './monitors.ts';

/** A monitor, in pixels. */
export interface DisplaySize {
  name: string;
  width: number;
  height: number;
}

/** The monitors of display ':N'; none when it cannot be reached. The connection lasts as long as the question. */
export async function readDisplays(display: string): Promise<DisplaySize[]> {
  try {
    const connection = await XConnection.open(display);
    try {
      const { monitors } = await readLayout(connection, await connection.extension('randr').catch(() => undefined));
      return monitors.map(({ name, width, height }) => ({ name, width, height }));
    } finally {
      connection.close();
    }
  } catch {
    return [];
  }
}
