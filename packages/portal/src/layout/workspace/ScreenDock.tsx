import type { Device } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { visibleText } from '../../base/format.ts';
import { usePanelActive, usePanelShown } from '../../base/panelContext.ts';
import { useConnection } from '../../base/portalContext.ts';
import { useCommands } from '../../base/useCommands.ts';
import { useSelected, useStore } from '../../base/useStore.ts';
import { ControlButton } from '../../features/input/ControlButton.tsx';
import { InputSurface } from '../../features/input/InputSurface.tsx';
import { KeyboardFrame } from '../../features/input/KeyboardFrame.tsx';
import { SeatNotice } from '../../features/input/SeatNotice.tsx';
import { useSeat } from '../../features/input/useSeat.ts';
import { cssCursor } from '../../features/screen/cssCursor.ts';
import { LatencyPill } from '../../features/screen/LatencyPill.tsx';
import { locatePoint } from '../../features/screen/locatePoint.ts';
import { PictureMenu } from '../../features/screen/PictureMenu.tsx';
import { ScreenControls } from '../../features/screen/ScreenControls.tsx';
import { ScreenPanel } from '../../features/screen/ScreenPanel.tsx';
import { ScreenHost } from '../../features/screen/screenHost.ts';
import { exposeScreen } from '../../features/screen/scriptAccess.ts';
import { useFullScreen } from '../../features/screen/useFullScreen.ts';
import { useScreenView } from '../../features/screen/useScreenView.ts';
import { ViewersMenu } from '../ViewersMenu.tsx';
import { KeyboardButton } from './KeyboardButton.tsx';
import { screenCommands } from './screenCommands.ts';
import { useWorkspace } from './workspaceContext.ts';

/** The screen of a device with the seat in front of it; what belongs to it in the header stands there while it can be seen. */
export function ScreenDock({ device }: { device: Device }) {
  const connection = useStore(useConnection().state);
  const { workspace, tools } = useWorkspace();
  const isShown = usePanelShown();
  const isActive = usePanelActive();
  const isInFront = useSelected(workspace.state, ({ front }) => front?.device === device.id) && isShown;
  const host = useHost(device, isShown, isInFront);
  const view = useScreenView();
  const seat = useSeat(device, isShown);
  useEffect(() => seat.session.onKey(() => host.keySent()), [seat.session, host]);
  const fullScreen = useFullScreen();
  useFilling(fullScreen.on && isActive);
  const [typing, setTyping] = useState(false);
  const sink = useRef<HTMLTextAreaElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const controlButton = useRef<HTMLButtonElement>(null);
  const cursor = useSelected(host.state, (state) => state.cursor);
  const controlling = seat.phase === 'controlling';
  useCommands(() => screenCommands({ device, seat, view, fullScreen }), isInFront);
  return (
    <>
      {isInFront && tools
        ? createPortal(
            <>
              <ViewersMenu device={device} seat={seat} />
              <ControlButton device={device} seat={seat} buttonRef={controlButton} />
              <PictureMenu device={device} preferences={host.preferences} />
              <LatencyPill host={host} />
            </>,
            tools,
          )
        : null}
      <ScreenPanel
        host={host}
        device={device}
        connection={connection}
        view={view}
        controlling={controlling}
        picture={picture}
        cursor={controlling ? cssCursor(cursor) : 'default'}
        surface={
          <InputSurface
            session={seat.session}
            controlling={controlling}
            deviceName={visibleText(device.name)}
            picture={picture}
            locate={(point, box) => locatePoint(host.state.get(), point, box)}
            scroller={view.scroller}
            pinch={view.pinch}
            sink={sink}
            focusChanged={setTyping}
            gaveBack={() => controlButton.current?.focus()}
          />
        }
        controls={
          <>
            <KeyboardFrame shown={typing && controlling} />
            <SeatNotice seat={seat} />
            <ScreenControls host={host} view={view} fullScreen={fullScreen}>
              {fullScreen.on ? <ControlButton device={device} seat={seat} buttonRef={null} /> : null}
              {controlling ? <KeyboardButton sink={sink} typing={typing} /> : null}
            </ScreenControls>
          </>
        }
      />
    </>
  );
}

/** The place of the picture, for as long as the panel is there; quiet while nobody sees it. */
function useHost(device: Device, isShown: boolean, isInFront: boolean): ScreenHost {
  const [host] = useState(() => new ScreenHost(device.id, device.screenSettings));
  useEffect(() => host.preferences.setDefaults(device.screenSettings), [host, device.screenSettings]);
  useEffect(() => host.setShown(isShown), [host, isShown]);
  // Of several that can be seen, scripts are told of the one of the device in front.
  useEffect(() => (isInFront ? exposeScreen(host) : undefined), [host, isInFront]);
  return host;
}

/** In full screen the screen has the place of all panels. */
function useFilling(on: boolean): void {
  const { workspace } = useWorkspace();
  const maximised = useRef(false);
  useEffect(() => {
    const { front, maximised: already, arranged } = workspace.state.get();
    if (!on || !front || already || !arranged) return;
    workspace.maximise(front);
    maximised.current = true;
    return () => {
      if (maximised.current && workspace.state.get().maximised) workspace.maximise(front);
      maximised.current = false;
    };
  }, [workspace, on]);
}
