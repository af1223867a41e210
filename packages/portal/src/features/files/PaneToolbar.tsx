import { ActionIcon, TextInput } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconEye,
  IconEyeOff,
  IconLayoutGrid,
  IconLayoutList,
  IconRefresh,
  IconSearch,
  IconServer,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { texts } from '../../base/texts.ts';
import { parentPath } from './filePaths.ts';
import styles from './PaneToolbar.module.css';
import { PathBar } from './PathBar.tsx';
import type { Pane } from './usePane.ts';

interface PaneToolbarProps {
  pane: Pane;
  /** The history that belongs to this pane. */
  history: { back(): void; forward(): void };
  search: (() => void) | undefined;
  children?: ReactNode;
}

/** Where one is and how it is shown. */
export function PaneToolbar({ pane, history, search, children }: PaneToolbarProps) {
  const { nav } = texts.files;
  const { view, hidden } = pane.preferences;
  const up = parentPath(pane.path, pane.separator);
  const go = (path: string | undefined) => pane.go({ path, open: undefined });
  return (
    <div className={styles.bar}>
      <span className={styles.group}>
        <Tool label={nav.back} onClick={history.back} icon={<IconArrowLeft size={16} aria-hidden />} />
        <Tool label={nav.forward} onClick={history.forward} icon={<IconArrowRight size={16} aria-hidden />} />
        <Tool label={nav.up} onClick={() => go(up)} icon={<IconArrowUp size={16} aria-hidden />} />
        <Tool label={nav.start} onClick={() => go(undefined)} icon={<IconServer size={16} aria-hidden />} />
      </span>
      <PathBar api={pane.api} separator={pane.separator} path={pane.path} go={go} />
      <TextInput
        type="search"
        size="xs"
        className={styles.filter}
        aria-label={nav.filter}
        placeholder={nav.filterHint}
        value={pane.filter}
        maxLength={255}
        onChange={(event) => pane.setFilter(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && pane.setFilter('')}
      />
      <span className={styles.group}>
        {search ? <Tool label={nav.search} onClick={search} icon={<IconSearch size={16} aria-hidden />} /> : null}
        <Tool
          label={nav.hidden}
          pressed={hidden}
          onClick={() => pane.prefer({ hidden: !hidden })}
          icon={hidden ? <IconEye size={16} aria-hidden /> : <IconEyeOff size={16} aria-hidden />}
        />
        <Tool
          label={view === 'list' ? nav.grid : nav.list}
          onClick={() => pane.prefer({ view: view === 'list' ? 'grid' : 'list' })}
          icon={view === 'list' ? <IconLayoutGrid size={16} aria-hidden /> : <IconLayoutList size={16} aria-hidden />}
        />
        <Tool label={nav.reload} onClick={pane.refresh} icon={<IconRefresh size={16} aria-hidden />} />
        {children}
      </span>
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  pressed?: boolean;
  disabled?: boolean;
}

/** A small button of a toolbar, told by its icon and named for all. */
export function Tool({ label, icon, onClick, pressed, disabled }: ToolProps) {
  return (
    <ActionIcon
      className={styles.tool ?? ''}
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'accent' : 'gray'}
      size={28}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}
