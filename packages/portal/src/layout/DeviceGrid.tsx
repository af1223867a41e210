import { useCallback, useRef, useState } from 'react';
import type { DeviceSummary } from '../base/devicesStore.ts';
import { texts } from '../base/texts.ts';
import { DeviceCard } from './DeviceCard.tsx';
import styles from './DeviceGrid.module.css';
import { DeviceMenu } from './DeviceMenu.tsx';
import { useGridWindow } from './useGridWindow.ts';

/** The cards, with one menu for all of them: a menu per card would weigh more than the card. */
export function DeviceGrid({ devices }: { devices: readonly DeviceSummary[] }) {
  const [menu, setMenu] = useState<{ id: string; button: HTMLElement }>();
  const grid = useRef<HTMLUListElement>(null);
  const { start, end, before, after } = useGridWindow(grid, devices.length);
  const openMenu = useCallback((id: string, button: HTMLElement) => setMenu({ id, button }), []);
  return (
    <>
      <ul
        ref={grid}
        className={styles.grid}
        style={{ paddingTop: before, paddingBottom: after }}
        aria-label={texts.home.title}
      >
        {devices.slice(start, end).map((device, index) => (
          <DeviceCard
            key={device.id}
            id={device.id}
            position={start + index + 1}
            total={devices.length}
            openMenu={openMenu}
          />
        ))}
      </ul>
      {menu ? <DeviceMenu key={menu.id} {...menu} onClose={() => setMenu(undefined)} /> : null}
    </>
  );
}
