import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconClipboard,
  IconKeyboard,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './bars.module.css';
import { BAR_KEYS, type BarKey } from './screen/touchKeys.ts';
import type { TerminalPane } from './terminalPane.ts';

const ARROWS: Readonly<Partial<Record<BarKey, ReactNode>>> = {
  left: <IconArrowLeft size={20} aria-hidden />,
  down: <IconArrowDown size={20} aria-hidden />,
  up: <IconArrowUp size={20} aria-hidden />,
  right: <IconArrowRight size={20} aria-hidden />,
};

/** The keys that a phone's keyboard lacks. Ctrl and Alt hold for the next key. Shown on touch screens alone. */
export function KeyBar({ pane }: { pane: TerminalPane }) {
  const { held } = useStore(pane.state);
  const { keys } = texts.terminal;
  return (
    // The terminal must not lose the focus to these keys, or the phone's keyboard would go.
    <div className={styles.keys} role="toolbar" aria-label={keys.bar} onPointerDown={(event) => event.preventDefault()}>
      {(['ctrl', 'alt'] as const).map((modifier) => (
        <button
          key={modifier}
          type="button"
          aria-pressed={held[modifier]}
          onClick={() => pane.hold({ ...held, [modifier]: !held[modifier] })}
        >
          {keys[modifier]}
        </button>
      ))}
      {BAR_KEYS.map((key) => (
        <button key={key} type="button" aria-label={keys[key]} onClick={() => pane.pressBar(key)}>
          {ARROWS[key] ?? keys[key]}
        </button>
      ))}
      <button type="button" aria-label={keys.paste} onClick={() => void pane.pasteFromClipboard()}>
        <IconClipboard size={20} aria-hidden />
      </button>
      <button type="button" aria-label={keys.keyboard} onClick={() => pane.screen.toggleFocus()}>
        <IconKeyboard size={20} aria-hidden />
      </button>
    </div>
  );
}
