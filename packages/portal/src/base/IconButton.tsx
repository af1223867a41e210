import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './IconButton.module.css';

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'aria-label' | 'children' | 'type'> {
  /** Its name for all, and unless `title` says otherwise what is shown on hover. */
  label: string;
  icon: ReactNode;
  /** Given for what is on or off. */
  pressed?: boolean;
  /** In pixels; the larger one grows where fingers point. */
  size?: 24 | 28;
}

/** A small button, told by its icon and named for all. What it is given else goes to the button, so that menus can hang on it. */
export function IconButton({ label, icon, pressed, size = 24, className, ...others }: IconButtonProps) {
  return (
    <button
      title={label}
      {...others}
      type="button"
      className={className === undefined ? styles.button : `${styles.button} ${className}`}
      data-size={size}
      aria-label={label}
      aria-pressed={pressed}
    >
      {icon}
    </button>
  );
}
