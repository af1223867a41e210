import type { Device } from '@porthole/protocol';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { visibleText } from '../../base/format.ts';
import { IconButton } from '../../base/IconButton.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useSelected, useStore } from '../../base/useStore.ts';
import { DeviceHeader } from '../DeviceHeader.tsx';
import { ToggleMenu } from '../ToggleMenu.tsx';
import { useMedia } from './useMedia.ts';
import styles from './WorkspaceView.module.css';
import type { Workspace } from './workspace.ts';
import { WorkspaceProvider } from './workspaceContext.ts';

/** What arranges panels is fetched when somebody first opens a device. */
const Dock = lazy(() => import('./Dock.tsx'));

/** Up to this width there is one panel at a time. */
const NARROW = '(max-width: 760px)';

/** The page of a device: its header, and its panels. Also the answer to an address that leads nowhere. */
export function WorkspaceView({ workspace, shown }: { workspace: Workspace; shown: boolean }) {
  const { devices } = useConnection();
  const isKnown = useStore(devices.list) !== undefined;
  const home = useDevice(workspace.home);
  const inFront = useSelected(workspace.state, ({ front }) => front?.device) ?? workspace.home;
  const device = useDevice(inFront) ?? home;
  useTitle(device, shown);
  if (!home && !isKnown) return null;
  return (
    <div className={styles.workspace} data-workspace={workspace.home} data-shown={shown || undefined}>
      {device ? (
        <Opened workspace={workspace} device={device} />
      ) : (
        <div className={styles.nothing}>
          <p role="alert">{texts.device.unknown}</p>
          <Link href="/">{texts.device.back}</Link>
        </div>
      )}
    </div>
  );
}

function Opened({ workspace, device }: { workspace: Workspace; device: Device }) {
  const narrow = useMedia(NARROW);
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const surroundings = useMemo(() => ({ workspace, tools: tools ?? undefined }), [workspace, tools]);
  return (
    <WorkspaceProvider value={surroundings}>
      <DeviceHeader device={device} workspace={workspace} narrow={narrow}>
        <span ref={setTools} className={styles.tools} />
        <ToggleMenu device={device} />
      </DeviceHeader>
      <Lost workspace={workspace} />
      <div className={styles.dock}>
        <Suspense fallback={null}>
          <Dock narrow={narrow} />
        </Suspense>
      </div>
    </WorkspaceProvider>
  );
}

/** Says when a saved layout could not be opened as it was. */
function Lost({ workspace }: { workspace: Workspace }) {
  const lost = useSelected(workspace.state, (state) => state.lost);
  const words = texts.workspace;
  return (
    <div role="status">
      {lost === 0 ? null : (
        <p className={styles.lost}>
          <span>{lost < 0 ? words.damaged : words.lost(lost)}</span>
          <IconButton
            label={words.dismiss}
            onClick={() => workspace.dismissLost()}
            icon={<IconX size={16} aria-hidden />}
          />
        </p>
      )}
    </div>
  );
}

function useTitle(device: Device | undefined, shown: boolean): void {
  const name = device ? visibleText(device.name) : undefined;
  useEffect(() => {
    if (!shown) return;
    document.title = name === undefined ? texts.product : `${name} · ${texts.product}`;
    return () => {
      document.title = texts.product;
    };
  }, [name, shown]);
}
