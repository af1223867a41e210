import type { DEVICE_ICONS, DeviceProfile } from '@porthole/protocol';
import {
  IconCamera,
  IconDatabase,
  IconDeviceDesktop,
  IconDeviceGamepad2,
  IconDeviceLaptop,
  IconDeviceMobile,
  IconDeviceTablet,
  IconDeviceTv,
  IconFlask,
  IconHome,
  IconMusic,
  IconPrinter,
  IconRobot,
  IconRouter,
  IconServer,
  IconServer2,
} from '@tabler/icons-react';
import type { ComponentType, CSSProperties } from 'react';
import styles from './DeviceIcon.module.css';

type Sign = (typeof DEVICE_ICONS)[number];

/** Each sign that a device may carry. */
export const SIGNS: Record<Sign, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = {
  desktop: IconDeviceDesktop,
  laptop: IconDeviceLaptop,
  server: IconServer,
  rack: IconServer2,
  phone: IconDeviceMobile,
  tablet: IconDeviceTablet,
  tv: IconDeviceTv,
  printer: IconPrinter,
  camera: IconCamera,
  router: IconRouter,
  storage: IconDatabase,
  robot: IconRobot,
  flask: IconFlask,
  home: IconHome,
  music: IconMusic,
  game: IconDeviceGamepad2,
};

/** A device's sign in its colour; a small square of the colour where it has no sign; nothing where it has neither. */
export function DeviceIcon({ profile }: { profile: Pick<DeviceProfile, 'icon' | 'colour'> }) {
  const { icon, colour } = profile;
  if (icon === null && colour === null) return null;
  const style = colour === null ? undefined : ({ '--own': `var(--colour-${colour})` } as CSSProperties);
  const Icon = icon === null ? undefined : SIGNS[icon];
  return (
    <span className={styles.icon} style={style} data-plain={Icon ? undefined : true} aria-hidden>
      {Icon ? <Icon size={16} /> : null}
    </span>
  );
}
