import type { Device } from '@porthole/protocol';
import { IconDots } from '@tabler/icons-react';
import { memo, useCallback, useRef } from 'react';
import { Link } from 'wouter';
import { can } from '../base/can.ts';
import { formatAgo, formatExact, visibleText } from '../base/format.ts';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useDevice } from '../base/useDevice.ts';
import { useNow } from '../base/useNow.ts';
import { LoadBars } from '../features/stats/LoadBars.tsx';
import { LivePicture } from '../features/thumbnail/LivePicture.tsx';
import styles from './DeviceCard.module.css';
import { Initials } from './Initials.tsx';
import { StateDot } from './StateDot.tsx';
import { useOnScreen } from './useOnScreen.ts';

interface DeviceCardProps {
  id: string;
  /** Its place in the whole list, from 1: only a part of a long list is in the page. */
  position: number;
  total: number;
  /** Opens the card's menu at its button; must be stable. */
  openMenu(id: string, button: HTMLElement): void;
}

/** One device on the home page. Renders again only for its own news. */
export const DeviceCard = memo(function DeviceCard({ id, position, total, openMenu }: DeviceCardProps) {
  const device = useDevice(id);
  const ref = useRef<HTMLLIElement>(null);
  const { watch } = useConnection();
  useOnScreen(
    ref,
    useCallback(() => watch.add(id, 'card'), [watch, id]),
  );
  return (
    <li ref={ref} className={styles.card} aria-posinset={position} aria-setsize={total}>
      {device ? <Contents device={device} openMenu={openMenu} /> : null}
    </li>
  );
});

function Contents({ device, openMenu }: { device: Device } & Pick<DeviceCardProps, 'openMenu'>) {
  const now = useNow();
  const name = visibleText(device.name);
  const state = device.online ? texts.device.online : texts.device.seen(formatAgo(device.since, now));
  return (
    <>
      <LivePicture device={device} />
      <div className={styles.head}>
        <StateDot online={device.online} />
        <Link href={`/devices/${device.id}`} className={styles.link} aria-label={`${name}, ${state}`} title={name}>
          {name}
        </Link>
        {can(device, 'admin') ? <MenuButton id={device.id} name={name} openMenu={openMenu} /> : null}
      </div>
      <div className={styles.details}>
        <span className={styles.system} title={visibleText(device.description.system)}>
          {visibleText(device.description.system)}
        </span>
        {device.online ? null : (
          <time className={styles.seen} dateTime={isoOrNothing(device.since)} title={formatExact(device.since)}>
            {state}
          </time>
        )}
      </div>
      <span className={styles.viewers}>
        <Initials viewers={device.viewers} />
      </span>
      <LoadBars stats={device.online && device.toggles.stats ? device.stats : null} />
    </>
  );
}

function MenuButton({ id, name, openMenu }: Pick<DeviceCardProps, 'id' | 'openMenu'> & { name: string }) {
  return (
    <button
      type="button"
      className={styles.menu}
      aria-label={texts.device.menu(name)}
      aria-haspopup="menu"
      onClick={(event) => openMenu(id, event.currentTarget)}
    >
      <IconDots size={16} aria-hidden />
    </button>
  );
}

function isoOrNothing(at: number): string | undefined {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
