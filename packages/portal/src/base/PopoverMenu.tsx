import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './PopoverMenu.module.css';

interface PopoverMenuProps {
  /** Names the button, and is the title of what it opens. */
  label: string;
  /** What the button shows. */
  face: ReactNode;
  /** Width of what it opens, in pixels. */
  width: number;
  children: ReactNode;
}

/** A small button that opens something to read or to set. */
export function PopoverMenu({ label, face, width, children }: PopoverMenuProps) {
  return (
    <Popover position="bottom-end" width={width} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.button} aria-label={label} title={label}>
          {face}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown}>
        <div className={styles.content}>
          <h2>{label}</h2>
          {children}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
