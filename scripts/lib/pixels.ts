import { buildPixels as build } from '@porthole/pixels/build';
import { Refusal } from './refusal.mjs';

/** Compiles the pixel kernel when a source is newer than what was built. Throws `Refusal` with what the compiler said. */
export function buildPixels(): void {
  try {
    build();
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}
