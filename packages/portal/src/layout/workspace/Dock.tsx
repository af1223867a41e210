import 'dockview-react/dist/styles/dockview.css';
import './dock.css';
import {
  type DockviewApi,
  type DockviewDidDropEvent,
  DockviewReact,
  type DockviewReadyEvent,
  type DockviewTheme,
  type IDockviewPanelProps,
} from 'dockview-react';
import { useEffect, useRef, useState } from 'react';
import { PanelProvider } from '../../base/panelContext.ts';
import { nameTabs } from './nameTabs.ts';
import { PanelContents } from './PanelContents.tsx';
import { PanelTab } from './PanelTab.tsx';
import { draggedPanel, PANEL_DRAG } from './panelDrag.ts';
import type { PanelRef } from './panels.ts';
import styles from './WorkspaceView.module.css';
import { useWorkspace } from './workspaceContext.ts';

/** Its variables are in dock.css, in the colours of theme.css. */
const THEME: DockviewTheme = {
  name: 'porthole',
  className: 'dock',
  dndTabIndicator: 'line',
  dndOverlayMounting: 'relative',
};
const COMPONENTS = { panel: Panel };

/** The panels of a workspace in their places, which a person divides, drags and resizes. Fetched with the first device. */
export default function Dock({ narrow }: { narrow: boolean }) {
  const { workspace } = useWorkspace();
  const root = useRef<HTMLDivElement>(null);
  const [api, setApi] = useState<DockviewApi>();
  useEffect(() => workspace.setNarrow(narrow), [workspace, narrow]);
  useEffect(() => (api ? workspace.connect(api) : undefined), [workspace, api]);
  useEffect(() => {
    if (!api) return undefined;
    const name = () => nameTabs(api);
    name();
    const ends = [api.onDidLayoutChange(name), api.onDidAddPanel(name), api.onDidMovePanel(name)];
    return () => {
      for (const end of ends) end.dispose();
    };
  }, [api]);
  useEffect(() => {
    const end = api?.onUnhandledDragOver((event) => {
      if (event.nativeEvent instanceof DragEvent && event.nativeEvent.dataTransfer?.types.includes(PANEL_DRAG)) {
        event.accept();
      }
    });
    return () => end?.dispose();
  }, [api]);
  useEffect(() => {
    // Of the tabs inside, which are the dock's own elements.
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      const { front } = workspace.state.get();
      const isTab = target instanceof Element && target.matches('.dv-tab');
      if (key === 'Delete' && isTab && front) workspace.closePanel(front);
    };
    const element = root.current;
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [workspace]);
  const dropped = ({ nativeEvent, position, group }: DockviewDidDropEvent) => {
    const panel = nativeEvent instanceof DragEvent ? draggedPanel(nativeEvent) : undefined;
    if (panel) workspace.drop(panel, group?.id, position);
  };
  return (
    <div ref={root} className={styles.fill}>
      <DockviewReact
        theme={THEME}
        components={COMPONENTS}
        defaultTabComponent={PanelTab}
        defaultRenderer="always"
        floatingGroupBounds="boundedWithinViewport"
        disableDnd={narrow}
        disableFloatingGroups={narrow}
        disableTabsOverflowList={false}
        announcements={false}
        onReady={(event: DockviewReadyEvent) => setApi(event.api)}
        onDidDrop={dropped}
      />
    </div>
  );
}

function Panel({ params }: IDockviewPanelProps<PanelRef>) {
  const { workspace } = useWorkspace();
  const { device, kind } = params;
  const [place] = useState(() => workspace.panel({ device, kind }));
  return (
    <PanelProvider value={place}>
      <PanelContents panel={place.ref} />
    </PanelProvider>
  );
}
