import { change } from './change.ts';
import { exact } from './exact.ts';
import { filesBeside } from './filesBeside.ts';
import { filesFolder } from './filesFolder.ts';
import { filesLarge } from './filesLarge.ts';
import { filesMany } from './filesMany.ts';
import { health } from './health.ts';
import { home } from './home.ts';
import { idle } from './idle.ts';
import { keys } from './keys.ts';
import { screen } from './screen.ts';
import { slow } from './slow.ts';
import { start } from './start.ts';
import type { Suite } from './suite.ts';
import { switching } from './switching.ts';
import { terminalBeside } from './terminalBeside.ts';
import { terminalFar } from './terminalFar.ts';
import { terminalFlood } from './terminalFlood.ts';
import { terminalKeys } from './terminalKeys.ts';
import { terminalSessions } from './terminalSessions.ts';
import { uhd } from './uhd.ts';
import { viewers } from './viewers.ts';

/** All that can be measured, in this order. */
export const SUITES: readonly Suite[] = [
  start,
  idle,
  screen,
  slow,
  exact,
  keys,
  viewers,
  uhd,
  change,
  filesLarge,
  filesMany,
  filesBeside,
  filesFolder,
  terminalKeys,
  terminalFar,
  terminalFlood,
  terminalSessions,
  terminalBeside,
  home,
  switching,
  health,
];
