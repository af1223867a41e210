import type { Device } from '@porthole/protocol';
import { lazy, Suspense } from 'react';
import { useLocation } from 'wouter';
import { can } from '../base/can.ts';
import { folderUrl } from '../features/files/fileUrl.ts';
import { DeviceHeader } from './DeviceHeader.tsx';
import styles from './DevicePage.module.css';
import { ToggleMenu } from './ToggleMenu.tsx';

/** Fetched when somebody first looks at terminals. */
const TerminalPanel = lazy(async () => ({
  default: (await import('../features/terminal/TerminalPanel.tsx')).TerminalPanel,
}));

/** The page of a device's command line: its header, and the terminals. */
export function TerminalWorkspace({ device }: { device: Device }) {
  const [, navigate] = useLocation();
  const showFolder = can(device, 'files.read') ? (folder: string) => navigate(folderUrl(device, folder)) : undefined;
  return (
    <div className={styles.workspace}>
      <DeviceHeader device={device} panel="terminal">
        <ToggleMenu device={device} />
      </DeviceHeader>
      <Suspense fallback={null}>
        <TerminalPanel device={device} showFolder={showFolder} />
      </Suspense>
    </div>
  );
}
