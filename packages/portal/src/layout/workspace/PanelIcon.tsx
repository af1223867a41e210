import { IconActivity, IconDeviceDesktop, IconFolder, IconNotes, IconTerminal2 } from '@tabler/icons-react';
import type { PanelKind } from './panels.ts';

const ICONS = {
  screen: IconDeviceDesktop,
  files: IconFolder,
  terminal: IconTerminal2,
  health: IconActivity,
  notes: IconNotes,
} as const satisfies Record<PanelKind, unknown>;

/** The sign of a kind of panel; its name stands beside it. */
export function PanelIcon({ kind, size = 16 }: { kind: PanelKind; size?: 16 | 20 }) {
  const Icon = ICONS[kind];
  return <Icon size={size} aria-hidden />;
}
