import type { Contestant } from './contestant.ts';
import { porthole } from './porthole.ts';
import { tigervnc } from './tigervnc.ts';
import { x11vnc } from './x11vnc.ts';

/** Everyone who takes part; we come first. */
export const CONTESTANTS: readonly Contestant[] = [porthole, tigervnc, x11vnc];
