import { useCallback, useState } from 'react';
import type { DeviceSummary } from '../base/devicesStore.ts';
import { texts } from '../base/texts.ts';
import { DeviceCard } from './DeviceCard.tsx';
import styles from './DeviceGrid.module.css';
import { DeviceMenu } from './DeviceMenu.tsx';

/** The cards, with one menu for all of them: a menu per card would weigh more than the card. */
export function DeviceGrid({ devices }: { devices: readonly DeviceSummary[] }) {
  const [menu, setMenu] = useState<{ id: string; button: HTMLElement }>();
  const openMenu = useCallback((id: string, button: HTMLElement) => setMenu({ id, button }), []);
  return (
    <>
      <ul className={styles.grid} aria-label={texts.home.title}>
        {devices.map((device) => (
          <DeviceCard key={device.id} id={device.id} openMenu={openMenu} />
        ))}
      </ul>
      {menu ? <DeviceMenu key={menu.id} {...menu} onClose={() => setMenu(undefined)} /> : null}
    </>
  );
}
