import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';

interface IconToolProps {
  label: string;
  icon: ReactNode;
  onClick(): void;
  pressed?: boolean;
}

/** A small button, told by its icon and named for all. */
export function IconTool({ label, icon, onClick, pressed }: IconToolProps) {
  return (
    <ActionIcon
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'accent' : 'gray'}
      size={24}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}
