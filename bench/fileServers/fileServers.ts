import type { FileServer } from './fileServer.ts';
import { nginx } from './nginx.ts';
import { porthole } from './porthole.ts';

/** Everyone who takes part; we come first. */
export const FILE_SERVERS: readonly FileServer[] = [porthole, nginx];
