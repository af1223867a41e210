import type { Device } from '@porthole/protocol';
import { lazy, Suspense } from 'react';
import { useLocation } from 'wouter';
import { can } from '../base/can.ts';
import { terminalHereUrl } from '../features/terminal/terminalUrl.ts';
import { DeviceHeader } from './DeviceHeader.tsx';
import styles from './DevicePage.module.css';
import { ToggleMenu } from './ToggleMenu.tsx';

/** Fetched when somebody first looks at files. */
const FilesPanel = lazy(async () => ({ default: (await import('../features/files/FilesPanel.tsx')).FilesPanel }));

/** The page of a device's files: its header, and the panes. */
export function FilesWorkspace({ device }: { device: Device }) {
  const [, navigate] = useLocation();
  const openTerminal = can(device, 'terminal')
    ? (folder: string) => navigate(terminalHereUrl(device.id, folder))
    : undefined;
  return (
    <div className={styles.workspace}>
      <DeviceHeader device={device} panel="files">
        <ToggleMenu device={device} />
      </DeviceHeader>
      <Suspense fallback={null}>
        <FilesPanel device={device} openTerminal={openTerminal} />
      </Suspense>
    </div>
  );
}
