import { wake } from '../features/power/wake.ts';

/** A program of its own: wakes the machine whose hardware address is its argument. */
await wake(process.argv[2] ?? '');
