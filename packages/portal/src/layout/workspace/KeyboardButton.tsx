import { IconKeyboard } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './KeyboardButton.module.css';

interface KeyboardButtonProps {
  /** The field that calls the keyboard when it has the focus. */
  sink: RefObject<HTMLTextAreaElement | null>;
  typing: boolean;
}

/** Calls the on-screen keyboard of a phone up and puts it away. */
export function KeyboardButton({ sink, typing }: KeyboardButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={texts.control.keyboard}
      aria-pressed={typing}
      // The field must not lose the focus to this button before the click decides.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => (typing ? sink.current?.blur() : sink.current?.focus({ preventScroll: true }))}
    >
      <IconKeyboard size={20} aria-hidden />
    </button>
  );
}
