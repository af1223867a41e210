import { type KeyboardEvent, useRef } from 'react';
import { chooseAll, findTyped, goTo, indexAfterKey, NOTHING } from './selection.ts';
import type { Pane } from './usePane.ts';

/** What keys set off besides moving about. */
export interface EntryCommands {
  open(name: string): void;
  up(): void;
  rename(name: string): void;
  remove(forever: boolean): void;
  take(kind: 'copy' | 'move'): void;
  paste(): void;
}

/** How long a pause ends what was typed to find a name, in ms. */
const TYPING_MS = 900;

/** The keyboard in a folder: everything that a pointer can do. `columns` and `page` in entries and rows. */
export function useEntryKeys(
  pane: Pane,
  { columns, page }: { columns: number; page: number },
  commands: EntryCommands,
): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });
  const { names, selection } = pane;
  const index = selection.active === undefined ? -1 : names.indexOf(selection.active);

  const move = (event: KeyboardEvent): boolean => {
    const next = indexAfterKey(event.key, { index, count: names.length, columns, page });
    if (next === undefined || event.altKey) return false;
    const step = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'none' : 'only';
    pane.select(goTo(selection, names, next, step));
    return true;
  };

  const type = (event: KeyboardEvent): boolean => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false;
    const goesOn = event.timeStamp - typed.current.at < TYPING_MS;
    typed.current = { text: (goesOn ? typed.current.text : '') + event.key, at: event.timeStamp };
    const found = findTyped(names, typed.current.text, index);
    if (found >= 0) pane.select(goTo(selection, names, found, 'only'));
    return true;
  };

  return (event) => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    // A space in the middle of a name being typed belongs to the name.
    const typing = event.key === ' ' && event.timeStamp - typed.current.at < TYPING_MS;
    if (move(event) || (typing && type(event)) || command(event, pane, commands) || type(event)) event.preventDefault();
  };
}

function command(event: KeyboardEvent, pane: Pane, commands: EntryCommands): boolean {
  const { active } = pane.selection;
  const key = event.ctrlKey || event.metaKey ? `Ctrl+${event.key.toLowerCase()}` : event.key;
  switch (key) {
    case 'Enter':
      if (active !== undefined) commands.open(active);
      return active !== undefined;
    case 'Backspace':
      commands.up();
      return true;
    case 'ArrowUp':
      // Only together with Alt: without it, it moves.
      commands.up();
      return true;
    case 'Delete':
      if (pane.writable && pane.chosen.length > 0) commands.remove(event.shiftKey);
      return true;
    case 'F2':
      if (pane.writable && active !== undefined) commands.rename(active);
      return true;
    case 'Escape':
      pane.select(NOTHING);
      return false;
    case ' ':
    case 'Ctrl+ ':
      if (active !== undefined) pane.select(goTo(pane.selection, pane.names, pane.names.indexOf(active), 'toggle'));
      return active !== undefined;
    case 'Ctrl+a':
      pane.select(chooseAll(pane.selection, pane.names));
      return true;
    default:
      return clipboardKey(key, pane, commands);
  }
}

function clipboardKey(key: string, pane: Pane, commands: EntryCommands): boolean {
  if (!pane.writable) return false;
  if (key === 'Ctrl+c') commands.take('copy');
  else if (key === 'Ctrl+x') commands.take('move');
  else if (key === 'Ctrl+v') commands.paste();
  else return false;
  return true;
}
