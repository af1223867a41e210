import { IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import { initials, visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useStore } from '../../base/useStore.ts';
import { SIGNS } from '../home/DeviceIcon.tsx';
import { dragPanel } from './panelDrag.ts';
import { panelId } from './panels.ts';
import styles from './WarmDevices.module.css';
import type { Workspace } from './workspace.ts';
import { workspacesOf } from './workspaces.ts';

/** The devices that are open, in the rail: back to each as it was left, or let go of it. */
export function WarmDevices() {
  const workspaces = workspacesOf(useConnection());
  const { warm, shown } = useStore(workspaces.state);
  if (warm.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={texts.workspace.warm}>
      {warm.map((workspace) => (
        <WarmDevice
          key={workspace.home}
          workspace={workspace}
          current={workspace === shown}
          close={() => workspaces.close(workspace.home)}
        />
      ))}
    </ul>
  );
}

interface WarmDeviceProps {
  workspace: Workspace;
  current: boolean;
  close(): void;
}

function WarmDevice({ workspace, current, close }: WarmDeviceProps) {
  const device = useDevice(workspace.home);
  const { front, panels } = useStore(workspace.state);
  if (!device) return null;
  const name = visibleText(device.name);
  const { icon, colour } = device.profile;
  const Sign = icon === null ? undefined : SIGNS[icon];
  const panel = front ?? panels[0] ?? { device: device.id, kind: 'screen' as const };
  const { pathname, search, state } = workspace.panel(panel).address.get();
  return (
    <li className={styles.item} data-workspace={panelId(panel)}>
      <Link
        href={pathname + search}
        state={{ workspace: workspace.home, panel: state }}
        className={styles.link}
        aria-label={name}
        aria-current={current ? 'page' : undefined}
        title={name}
        draggable
        style={colour === null ? undefined : { color: `var(--colour-${colour})` }}
        onDragStart={(event) => dragPanel(event.dataTransfer, { device: device.id, kind: 'screen' })}
      >
        {Sign ? <Sign size={20} aria-hidden /> : <span aria-hidden>{initials(name)}</span>}
        <span className={styles.state} data-online={device.online || undefined} aria-hidden />
      </Link>
      <button
        type="button"
        className={styles.close}
        aria-label={texts.workspace.closeDevice(name)}
        title={texts.workspace.closeDevice(name)}
        onClick={close}
      >
        <IconX size={16} aria-hidden />
      </button>
    </li>
  );
}
