import type { Device } from '@porthole/protocol';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { can } from '../base/can.ts';
import { formatAgo, formatExact, visibleText } from '../base/format.ts';
import { texts } from '../base/texts.ts';
import { useNow } from '../base/useNow.ts';
import { useStore } from '../base/useStore.ts';
import { PowerMenu } from '../features/power/PowerMenu.tsx';
import { WakeButton } from '../features/power/WakeButton.tsx';
import styles from './DeviceHeader.module.css';
import { StateDot } from './StateDot.tsx';
import { PanelMenu } from './workspace/PanelMenu.tsx';
import { dragPanel } from './workspace/panelDrag.ts';
import { PANEL_KINDS, PANEL_RIGHTS, type PanelKind } from './workspace/panels.ts';
import type { Workspace } from './workspace/workspace.ts';

interface DeviceHeaderProps {
  /** The device of the panel in front. */
  device: Device;
  workspace: Workspace;
  /** There is room for one panel at a time only. */
  narrow: boolean;
  /** What belongs to the panel: who is here, what is on, how quick it is. */
  children: ReactNode;
}

/** The one line above the panels: state, name, panels, and what belongs to the one in front. */
export function DeviceHeader({ device, workspace, narrow, children }: DeviceHeaderProps) {
  const now = useNow();
  const name = visibleText(device.name);
  const state = device.online
    ? texts.device.online
    : `${texts.device.offline}, ${texts.device.seen(formatAgo(device.since, now))}`;
  return (
    <header className={styles.header}>
      <span className={styles.identity}>
        <StateDot online={device.online} />
        <h1 className={styles.name} title={name}>
          {name}
        </h1>
        <span className={styles.state} title={formatExact(device.since)}>
          {state}
        </span>
      </span>
      <Tabs device={device} workspace={workspace} narrow={narrow} />
      <PanelMenu workspace={workspace} narrow={narrow} />
      <span className={styles.gap} />
      <WakeButton key={device.id} device={device} />
      {children}
      <PowerMenu key={`power ${device.id}`} device={device} />
    </header>
  );
}

interface TabsProps {
  device: Device;
  workspace: Workspace;
  narrow: boolean;
}

/** The panels that this person may see, each an address of its own: a click opens one, dragging puts it where it is wanted. */
function Tabs({ device, workspace, narrow }: TabsProps) {
  const { front, panels } = useStore(workspace.state);
  const list = useRef<HTMLDivElement>(null);
  const kinds = PANEL_KINDS.filter((kind) => can(device, PANEL_RIGHTS[kind]));
  const inFront = (kind: PanelKind) => front?.device === device.id && front.kind === kind;
  const isOpen = (kind: PanelKind) => panels.some((panel) => panel.device === device.id && panel.kind === kind);
  const first = kinds.find(inFront) ?? kinds[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const tabs = [...(list.current?.children ?? [])];
    const next = tabs[tabs.indexOf(event.target as Element) + by];
    if (by !== 0 && next instanceof HTMLElement) next.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={texts.device.panels} onKeyDown={onKeyDown}>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          role="tab"
          aria-selected={inFront(kind)}
          data-open={isOpen(kind) || undefined}
          tabIndex={kind === first ? 0 : -1}
          className={styles.tab}
          draggable={!narrow}
          onDragStart={(event) => dragPanel(event.dataTransfer, { device: device.id, kind })}
          onClick={() => workspace.open({ device: device.id, kind })}
        >
          {texts.workspace.kinds[kind]}
        </button>
      ))}
    </div>
  );
}
