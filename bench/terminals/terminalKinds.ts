import { attached } from './attached.ts';
import { portholeTerminal } from './porthole.ts';
import type { TerminalKind } from './terminalKind.ts';

export const TERMINAL_KINDS: readonly TerminalKind[] = [portholeTerminal, attached];
