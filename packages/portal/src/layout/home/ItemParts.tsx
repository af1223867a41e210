import type { Device } from '@porthole/protocol';
import { IconAlertTriangle, IconDots, IconGripVertical, IconStar, IconStarFilled } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { Link } from 'wouter';
import { formatAgo, visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { StateDot } from '../StateDot.tsx';
import { DeviceIcon } from './DeviceIcon.tsx';
import { useHome } from './homeContext.ts';
import styles from './ItemParts.module.css';

interface NameProps {
  device: Device;
  now: number;
  /** With the number that people gave it. */
  numbered: boolean;
}

/** State, sign and name of a device; the name is its one link, and its box reaches over the whole item. */
export function ItemName({ device, now, numbered }: NameProps) {
  const name = visibleText(device.name);
  const state = device.online ? texts.device.online : texts.device.seen(formatAgo(device.since, now));
  const { number } = device.profile;
  return (
    <>
      <StateDot online={device.online} />
      <DeviceIcon profile={device.profile} />
      <Link
        href={`/devices/${device.id}`}
        className={styles.link}
        draggable={false}
        aria-label={`${name}, ${state}`}
        title={name}
      >
        {name}
      </Link>
      {numbered && number !== null ? <span className={styles.number}>{texts.arrange.number(number)}</span> : null}
    </>
  );
}

/** How many alerts are on; nothing while there is none. */
export function AlertMark({ alerts }: { alerts: number }) {
  if (alerts === 0) return null;
  const label = texts.arrange.alerts(alerts);
  return (
    <span className={styles.alerts} role="img" aria-label={label} title={label}>
      <IconAlertTriangle size={14} aria-hidden />
      {alerts}
    </span>
  );
}

/** Chooses the device for what is done to many. */
export function ChooseBox({ device, isChosen }: { device: Device; isChosen: boolean }) {
  const { select } = useHome();
  const choose = (event: MouseEvent) => select(device.id, event.shiftKey);
  return (
    <label className={styles.choose}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={texts.arrange.bulk.select(visibleText(device.name))}
        onClick={choose}
        onChange={nothing}
      />
    </label>
  );
}

function nothing(): void {
  // What is done happens in `onClick`, which knows the keys held down.
}

interface ToolsProps {
  device: Device;
  isFavourite: boolean;
  isMovable: boolean;
}

/** Star, handle and menu: there on approach. */
export function ItemTools({ device, isFavourite, isMovable }: ToolsProps) {
  const { setFavourite, openMenu } = useHome();
  const name = visibleText(device.name);
  const Star = isFavourite ? IconStarFilled : IconStar;
  return (
    <span className={styles.tools}>
      {isMovable ? (
        <button
          type="button"
          className={styles.tool}
          data-grip
          aria-label={texts.arrange.move(name)}
          title={texts.arrange.moveHelp}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
      ) : null}
      <button
        type="button"
        className={styles.tool}
        data-star
        data-on={isFavourite || undefined}
        aria-pressed={isFavourite}
        aria-label={texts.arrange.favourite(name)}
        onClick={() => setFavourite(device.id, !isFavourite)}
      >
        <Star size={16} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.tool}
        aria-label={texts.device.menu(name)}
        aria-haspopup="menu"
        onClick={(event) => openMenu(device.id, event.currentTarget)}
      >
        <IconDots size={16} aria-hidden />
      </button>
    </span>
  );
}
