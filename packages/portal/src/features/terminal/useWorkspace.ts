import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import type { Device } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { can } from '../../base/can.ts';
import { visibleText } from '../../base/format.ts';
import { readNonce } from '../../base/nonce.ts';
import { usePanelActive, usePanelShown } from '../../base/panelContext.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useSelected, useStore } from '../../base/useStore.ts';
import { preferencesStore } from './preferencesStore.ts';
import type { ScreenLook } from './screen/xtermScreen.ts';
import { exposeTerminal } from './scriptAccess.ts';
import { TerminalWorkspace } from './terminalWorkspace.ts';

interface Asked {
  /** The person wants the keyboard back. */
  left(): void;
  closing(pane: string): void;
}

/** The terminals of a device for as long as this page shows them; undefined for the first moment. */
export function useWorkspace(device: Device, asked: Asked): TerminalWorkspace | undefined {
  const connection = useConnection();
  const { fontFamilyMonospace } = useMantineTheme();
  const scheme = useComputedColorScheme('light');
  const { fontSize } = useStore(preferencesStore());
  const look = useRef<ScreenLook>({ scheme, fontSize });
  const latest = useRef({ device, asked });
  const [workspace, setWorkspace] = useState<TerminalWorkspace>();
  const types = can(device, 'terminal');
  useEffect(() => {
    latest.current = { device, asked };
  });
  useEffect(() => {
    const next = new TerminalWorkspace({
      connection,
      deviceId: device.id,
      types,
      mayCopy: () => can(latest.current.device, 'clipboard'),
      storage: localStorage,
      nonce: readNonce(),
      label: texts.terminal.label(texts.terminal.title, visibleText(latest.current.device.name)),
      fontFamily: fontFamilyMonospace,
      look: look.current,
      left: () => latest.current.asked.left(),
      closing: (pane) => latest.current.asked.closing(pane),
    });
    setWorkspace(next);
    return () => {
      next.close();
      setWorkspace(undefined);
    };
  }, [connection, device.id, types, fontFamilyMonospace]);
  const isShown = usePanelShown();
  // Of several that can be seen, scripts are told of the one in front.
  const exposed = usePanelActive() ? 'front' : isShown ? 'beside' : undefined;
  useEffect(
    () => (workspace && exposed ? exposeTerminal(workspace, connection.link) : undefined),
    [workspace, connection, exposed],
  );
  useEffect(() => {
    look.current = { scheme, fontSize };
    workspace?.setLook(look.current);
  }, [workspace, scheme, fontSize]);
  const viewer = useSelected(connection.state, (state) => state.viewer);
  const { online } = device;
  useEffect(() => {
    if (online && viewer !== undefined) workspace?.retry();
  }, [workspace, online, viewer]);
  return workspace;
}
