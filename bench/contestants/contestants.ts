import type { Contestant } from './contestant.ts';
import { porthole } from './porthole.ts';
import { tigervnc } from './tigervnc.ts';

/** Everyone who takes part; we come first. */
export const CONTESTANTS: readonly Contestant[] = [porthole, tigervnc];
