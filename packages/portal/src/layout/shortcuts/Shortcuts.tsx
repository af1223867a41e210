import { useEffect, useState } from 'react';
import { listenForShortcuts } from '../../base/shortcuts/listenForShortcuts.ts';
import { useShortcut } from '../../base/shortcuts/useShortcut.ts';
import { texts } from '../../base/texts.ts';
import { useCommands } from '../../base/useCommands.ts';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

/** Lets the signed-in page answer to its shortcuts, and shows their list when it is asked for. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  useEffect(listenForShortcuts, []);
  useShortcut('help', () => setOpen(true));
  useCommands(() => [
    {
      id: 'portal.shortcuts',
      title: texts.shortcuts.title,
      section: 'portal',
      keys: '?',
      run: () => setOpen(true),
    },
  ]);
  return isOpen ? <ShortcutsDialog onClose={() => setOpen(false)} /> : null;
}
