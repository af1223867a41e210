import type { Device } from '@porthole/protocol';
import { type PointerEvent, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './PaneGrid.module.css';
import { PaneView } from './PaneView.tsx';
import type { PaneTree, Side } from './paneTree.ts';
import type { TerminalWorkspace } from './terminalWorkspace.ts';
import type { Tab } from './workspaceState.ts';

interface PaneGridProps {
  device: Device;
  workspace: TerminalWorkspace;
  tab: Tab;
  showFolder: ((folder: string) => void) | undefined;
  close(pane: string): void;
}

/** The panes of a tab, beside and below each other, with borders that can be moved. */
export function PaneGrid(props: PaneGridProps) {
  return (
    <div className={styles.grid}>
      <Branch {...props} tree={props.tab.root} path={[]} />
    </div>
  );
}

type BranchProps = PaneGridProps & { tree: PaneTree; path: readonly Side[] };

function Branch({ tree, path, ...rest }: BranchProps) {
  const { workspace, tab } = rest;
  if (tree.kind === 'pane') {
    const isAlone = tab.root.kind === 'pane';
    return <PaneView key={tree.pane} {...rest} pane={tree.pane} front={tab.focused === tree.pane} alone={isAlone} />;
  }
  return (
    <div className={styles.split} data-direction={tree.direction}>
      <div className={styles.side} style={{ flexGrow: tree.share }}>
        <Branch {...rest} tree={tree.first} path={[...path, 'first']} />
      </div>
      <Border direction={tree.direction} share={tree.share} move={(share) => workspace.moveBorder(path, share)} />
      <div className={styles.side} style={{ flexGrow: 1 - tree.share }}>
        <Branch {...rest} tree={tree.second} path={[...path, 'second']} />
      </div>
    </div>
  );
}

interface BorderProps {
  direction: 'row' | 'column';
  share: number;
  move(share: number): void;
}

/** How far one key moves a border. */
const STEP = 0.05;

function Border({ direction, share, move }: BorderProps) {
  const ref = useRef<HTMLHRElement>(null);
  const drag = (event: PointerEvent) => {
    const box = ref.current?.parentElement?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move(direction === 'row' ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
  };
  return (
    <hr
      ref={ref}
      className={styles.border}
      aria-label={texts.terminal.tabs.border}
      aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(share * 100)}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const isBack = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
        if (isBack || event.key === 'ArrowRight' || event.key === 'ArrowDown') move(share + (isBack ? -STEP : STEP));
      }}
    />
  );
}
