import type { Device } from '@porthole/protocol';
import type { Ref } from 'react';
import { formatAgo, formatExact, visibleText } from '../base/format.ts';
import { texts } from '../base/texts.ts';
import { useNow } from '../base/useNow.ts';
import { ControlButton } from '../features/input/ControlButton.tsx';
import type { Seat } from '../features/input/useSeat.ts';
import { LatencyPill } from '../features/screen/LatencyPill.tsx';
import { PictureMenu } from '../features/screen/PictureMenu.tsx';
import type { ScreenHost } from '../features/screen/screenHost.ts';
import styles from './DeviceHeader.module.css';
import { StateDot } from './StateDot.tsx';
import { ToggleMenu } from './ToggleMenu.tsx';
import { ViewersMenu } from './ViewersMenu.tsx';

interface DeviceHeaderProps {
  device: Device;
  host: ScreenHost;
  seat: Seat;
  controlButton: Ref<HTMLButtonElement>;
}

/** The one line above the panels: state, name, panels, who is here, what is on, and how quick it is. */
export function DeviceHeader({ device, host, seat, controlButton }: DeviceHeaderProps) {
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
      <div className={styles.tabs} role="tablist" aria-label={texts.device.panels}>
        <button type="button" role="tab" aria-selected className={styles.tab}>
          {texts.device.screen}
        </button>
      </div>
      <span className={styles.gap} />
      <ViewersMenu device={device} seat={seat} />
      <ControlButton device={device} seat={seat} buttonRef={controlButton} />
      <ToggleMenu device={device} />
      <PictureMenu device={device} preferences={host.preferences} />
      <LatencyPill host={host} />
    </header>
  );
}
