import type { Device } from '@porthole/protocol';
import { lazy, Suspense } from 'react';
import { DeviceHeader } from './DeviceHeader.tsx';
import styles from './DevicePage.module.css';
import { ToggleMenu } from './ToggleMenu.tsx';

/** Fetched when somebody first looks at files. */
const FilesPanel = lazy(async () => ({ default: (await import('../features/files/FilesPanel.tsx')).FilesPanel }));

/** The page of a device's files: its header, and the panes. */
export function FilesWorkspace({ device }: { device: Device }) {
  return (
    <div className={styles.workspace}>
      <DeviceHeader device={device} panel="files">
        <ToggleMenu device={device} />
      </DeviceHeader>
      <Suspense fallback={null}>
        <FilesPanel device={device} />
      </Suspense>
    </div>
  );
}
