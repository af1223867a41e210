import type { Device } from '@porthole/protocol';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { can } from '../../base/can.ts';
import { usePanelShown } from '../../base/panelContext.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { folderUrl } from '../../features/files/fileUrl.ts';
import { terminalHereUrl } from '../../features/terminal/terminalUrl.ts';
import { NotesPanel } from './NotesPanel.tsx';
import styles from './PanelContents.module.css';
import type { PanelRef } from './panels.ts';
import { ScreenDock } from './ScreenDock.tsx';
import { useWorkspace } from './workspaceContext.ts';

/** Fetched when somebody first looks at them. */
const FilesPanel = lazy(async () => ({ default: (await import('../../features/files/FilesPanel.tsx')).FilesPanel }));
const TerminalPanel = lazy(async () => ({
  default: (await import('../../features/terminal/TerminalPanel.tsx')).TerminalPanel,
}));
const HealthPanel = lazy(async () => ({ default: (await import('../../features/stats/HealthPanel.tsx')).HealthPanel }));

/** What a panel shows. Nothing is begun for a panel that nobody has looked at yet; afterwards it stays as it was left. */
export function PanelContents({ panel }: { panel: PanelRef }) {
  const isShown = usePanelShown();
  const [wasShown, setWasShown] = useState(isShown);
  useEffect(() => {
    if (isShown) setWasShown(true);
  }, [isShown]);
  const device = useDevice(panel.device);
  if (!device) return <p className={styles.gone}>{texts.workspace.gone}</p>;
  return (
    <div className={styles.panel} data-panel={panel.kind} data-shown={isShown || undefined}>
      {wasShown ? <Suspense fallback={null}>{contentsOf(panel, device)}</Suspense> : null}
    </div>
  );
}

function contentsOf({ kind }: PanelRef, device: Device): ReactNode {
  switch (kind) {
    case 'screen':
      return <ScreenDock device={device} />;
    case 'files':
      return <Files device={device} />;
    case 'terminal':
      return <Terminal device={device} />;
    case 'health':
      return <HealthPanel device={device} />;
    case 'notes':
      return <NotesPanel device={device} />;
  }
}

function Files({ device }: { device: Device }) {
  const { workspace } = useWorkspace();
  const openTerminal = (folder: string) =>
    workspace.openAt({ device: device.id, kind: 'terminal' }, terminalHereUrl(device.id, folder));
  return <FilesPanel device={device} openTerminal={can(device, 'terminal') ? openTerminal : undefined} />;
}

function Terminal({ device }: { device: Device }) {
  const { workspace } = useWorkspace();
  const showFolder = (folder: string) =>
    workspace.openAt({ device: device.id, kind: 'files' }, folderUrl(device, folder));
  return <TerminalPanel device={device} showFolder={can(device, 'files.read') ? showFolder : undefined} />;
}
