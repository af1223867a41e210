import type { Device } from '@porthole/protocol';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useLocation } from 'wouter';
import { can } from '../base/can.ts';
import { formatAgo, formatExact, visibleText } from '../base/format.ts';
import { texts } from '../base/texts.ts';
import { useNow } from '../base/useNow.ts';
import styles from './DeviceHeader.module.css';
import { StateDot } from './StateDot.tsx';

/** What can be shown of a device. */
export type Panel = 'screen' | 'files' | 'terminal';

interface DeviceHeaderProps {
  device: Device;
  panel: Panel;
  /** What belongs to the panel: who is here, what is on, how quick it is. */
  children: ReactNode;
}

/** The one line above the panels: state, name, panels, and what belongs to the one that is shown. */
export function DeviceHeader({ device, panel, children }: DeviceHeaderProps) {
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
      <Tabs device={device} panel={panel} />
      <span className={styles.gap} />
      {children}
    </header>
  );
}

/** The panels that this person may see, each an address of its own. */
function Tabs({ device, panel }: { device: Device; panel: Panel }) {
  const [, navigate] = useLocation();
  const list = useRef<HTMLDivElement>(null);
  const panels = (['screen', 'files', 'terminal'] as const).filter(
    (each) => each !== 'files' || can(device, 'files.read'),
  );
  const show = (next: Panel) => {
    const base = `/devices/${encodeURIComponent(device.id)}`;
    if (next !== panel) navigate(next === 'screen' ? base : `${base}/${next}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const tabs = [...(list.current?.children ?? [])];
    const next = tabs[tabs.indexOf(event.target as Element) + by];
    if (by !== 0 && next instanceof HTMLElement) next.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={texts.device.panels} onKeyDown={onKeyDown}>
      {panels.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          aria-selected={each === panel}
          tabIndex={each === panel ? 0 : -1}
          className={styles.tab}
          onClick={() => show(each)}
        >
          {texts.device[each]}
        </button>
      ))}
    </div>
  );
}
