import { IconX } from '@tabler/icons-react';
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect } from 'react';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useSelected } from '../../base/useStore.ts';
import { PanelIcon } from './PanelIcon.tsx';
import styles from './PanelTab.module.css';
import type { PanelRef } from './panels.ts';
import { useWorkspace } from './workspaceContext.ts';

/** A panel's tab in the strip of its place; names the device when there are several. */
export function PanelTab({ api, params: { device: id, kind } }: IDockviewPanelHeaderProps<PanelRef>) {
  const { workspace } = useWorkspace();
  const device = useDevice(id);
  const several = useSelected(workspace.state, ({ panels }) =>
    panels.some((panel) => panel.device !== panels[0]?.device),
  );
  const kinds = texts.workspace.kinds;
  const title = several && device ? `${kinds[kind]} · ${visibleText(device.name)}` : kinds[kind];
  useEffect(() => {
    if (api.title !== title) api.setTitle(title);
  }, [api, title]);
  const close = () => workspace.closePanel({ device: id, kind });
  return (
    // The dock's own element around it takes focus, clicks and drags.
    <div className={styles.tab} title={title} onAuxClick={(event) => event.button === 1 && close()}>
      <PanelIcon kind={kind} />
      <span className={styles.name}>{title}</span>
      {/* By the keyboard: Delete, or the menu of the header. */}
      <span
        className={styles.close}
        aria-hidden
        data-close={kind}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={close}
      >
        <IconX size={16} />
      </span>
    </div>
  );
}
