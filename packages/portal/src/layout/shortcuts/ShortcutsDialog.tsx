import { Button } from '@mantine/core';
import { Dialog } from '../../base/Dialog.tsx';
import {
  SHORTCUT_SECTIONS,
  SHORTCUTS,
  type ShortcutName,
  type ShortcutSection,
} from '../../base/shortcuts/shortcutTable.ts';
import { texts } from '../../base/texts.ts';
import dialogs from '../dialogs.module.css';
import styles from './ShortcutsDialog.module.css';
import { wordsOfChord } from './wordsOfChord.ts';

/** Every shortcut that there is, by where it holds. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const words = texts.shortcuts;
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <div className={dialogs.form}>
        <p className={styles.what}>{words.what}</p>
        <div className={styles.sections}>
          {SHORTCUT_SECTIONS.map((section) => (
            <section key={section}>
              <h3>{words.sections[section]}</h3>
              <dl className={styles.list}>
                {linesOf(section).map(([keys, title]) => (
                  <div key={keys.join(' ')}>
                    <dt>
                      {keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{title}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <div className={dialogs.actions}>
          <Button onClick={onClose} autoFocus>
            {words.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

type Line = readonly [keys: readonly string[], title: string];

function linesOf(section: ShortcutSection): Line[] {
  if (section === 'terminal')
    return texts.terminal.shortcuts.map(([keys = '', title = '']) => [keys.split(' '), title]);
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  return names
    .filter((name) => SHORTCUTS[name].section === section)
    .map((name) => [wordsOfChord(SHORTCUTS[name].chord), texts.shortcuts.titles[name]]);
}
