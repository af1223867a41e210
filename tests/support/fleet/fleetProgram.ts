import { join } from 'node:path';
import { createToken, type Hub } from '../hub.ts';
import { Program } from '../program.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

/** Starts that many simulated devices in a process of their own; resolves when all are connected. Use with `await using`. */
export async function startFleet(hub: Hub, count: number): Promise<Program> {
  const token = await createToken(hub, ['--uses', String(count), '--ttl', '1h']);
  const program = new Program(process.execPath, [MAIN, hub.url, String(count)], { env: { PORTHOLE_TOKEN: token } });
  try {
    await program.printed(/^The fleet is ready: (\d+)$/m, 600_000);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return program;
}
