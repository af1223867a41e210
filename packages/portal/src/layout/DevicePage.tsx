import type { Device } from '@porthole/protocol';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { usePathname } from 'wouter/use-browser-location';
import { visibleText } from '../base/format.ts';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useDevice } from '../base/useDevice.ts';
import { useStore } from '../base/useStore.ts';
import styles from './DevicePage.module.css';
import { DeviceWorkspace } from './DeviceWorkspace.tsx';
import { FilesWorkspace } from './FilesWorkspace.tsx';
import { TerminalWorkspace } from './TerminalWorkspace.tsx';

/** One device; also the answer to an address that leads nowhere. */
export function DevicePage({ id }: { id: string }) {
  const { devices } = useConnection();
  const known = useStore(devices.list) !== undefined;
  const device = useDevice(id);
  useTitle(device);
  const panel = /^\/devices\/[^/]+\/(files|terminal)(?:\/|$)/.exec(usePathname())?.[1];
  if (device && panel === 'files') return <FilesWorkspace device={device} />;
  if (device && panel === 'terminal') return <TerminalWorkspace device={device} />;
  if (device) return <DeviceWorkspace device={device} />;
  if (!known) return null;
  return (
    <div className={styles.nothing}>
      <p role="alert">{texts.device.unknown}</p>
      <Link href="/">{texts.device.back}</Link>
    </div>
  );
}

function useTitle(device: Device | undefined): void {
  const name = device ? visibleText(device.name) : undefined;
  useEffect(() => {
    document.title = name === undefined ? texts.product : `${name} · ${texts.product}`;
  }, [name]);
}
