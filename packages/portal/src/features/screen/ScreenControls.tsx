import { Menu } from '@mantine/core';
import type { Monitor } from '@porthole/protocol';
import { IconArrowsMaximize, IconArrowsMinimize, IconDeviceDesktop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useSelected } from '../../base/useStore.ts';
import styles from './ScreenControls.module.css';
import type { ScreenHost } from './screenHost.ts';
import type { FullScreen } from './useFullScreen.ts';
import type { ScreenView } from './useScreenView.ts';

interface ScreenControlsProps {
  host: ScreenHost;
  view: ScreenView;
  fullScreen: FullScreen;
  /** Shown before the controls of the view. */
  children: ReactNode;
}

/** The screen's own controls: they float in at the top edge on approach or focus, and fade. */
export function ScreenControls({ host, view, fullScreen, children }: ScreenControlsProps) {
  const monitors = useSelected(host.state, (state) => state.monitors);
  return (
    <div className={styles.edge}>
      <div className={styles.bar} role="toolbar" aria-label={texts.screen.controls}>
        {children}
        {monitors.length > 1 ? <MonitorMenu monitors={monitors} view={view} /> : null}
        <ViewButton active={view.mode === 'fit' && view.zoom === 1} onClick={() => view.setMode('fit')}>
          {texts.screen.fit}
        </ViewButton>
        <ViewButton active={view.mode === 'actual' && view.zoom === 1} onClick={() => view.setMode('actual')}>
          {texts.screen.actual}
        </ViewButton>
        {fullScreen.toggle ? <FullScreenButton on={fullScreen.on} toggle={fullScreen.toggle} /> : null}
      </div>
    </div>
  );
}

function ViewButton({ active, onClick, children }: { active: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.button} aria-pressed={active} onClick={onClick}>
      {children}
    </button>
  );
}

function FullScreenButton({ on, toggle }: { on: boolean; toggle: () => void }) {
  const label = on ? texts.screen.leaveFullScreen : texts.screen.fullScreen;
  const Icon = on ? IconArrowsMinimize : IconArrowsMaximize;
  return (
    <button type="button" className={styles.button} aria-label={label} title={label} onClick={toggle}>
      <Icon size={16} aria-hidden />
    </button>
  );
}

function MonitorMenu({ monitors, view }: { monitors: readonly Monitor[]; view: ScreenView }) {
  const current = monitors.find((monitor) => monitor.id === view.monitor);
  return (
    <Menu position="bottom" width={232}>
      <Menu.Target>
        <button type="button" className={styles.button} aria-label={texts.screen.monitor} title={texts.screen.monitor}>
          <IconDeviceDesktop size={16} aria-hidden />
          {current ? visibleText(current.name, 24) : texts.screen.allMonitors}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => view.setMonitor('')} aria-current={view.monitor === '' || undefined}>
          {texts.screen.allMonitors}
        </Menu.Item>
        {monitors.map((monitor) => (
          <Menu.Item
            key={monitor.id}
            onClick={() => view.setMonitor(monitor.id)}
            aria-current={view.monitor === monitor.id || undefined}
          >
            {texts.screen.monitorName(visibleText(monitor.name, 24), monitor.width, monitor.height)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
