import type { Device } from '@porthole/protocol';
import { IconKeyboard } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { visibleText } from '../base/format.ts';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useSelected, useStore } from '../base/useStore.ts';
import { ControlButton } from '../features/input/ControlButton.tsx';
import { InputSurface } from '../features/input/InputSurface.tsx';
import { KeyboardFrame } from '../features/input/KeyboardFrame.tsx';
import { SeatNotice } from '../features/input/SeatNotice.tsx';
import { useSeat } from '../features/input/useSeat.ts';
import { cssCursor } from '../features/screen/cssCursor.ts';
import { LatencyPill } from '../features/screen/LatencyPill.tsx';
import { locatePoint } from '../features/screen/locatePoint.ts';
import { PictureMenu } from '../features/screen/PictureMenu.tsx';
import { ScreenControls } from '../features/screen/ScreenControls.tsx';
import { ScreenPanel } from '../features/screen/ScreenPanel.tsx';
import { ScreenHost } from '../features/screen/screenHost.ts';
import { exposeScreen } from '../features/screen/scriptAccess.ts';
import { useFullScreen } from '../features/screen/useFullScreen.ts';
import { useScreenView } from '../features/screen/useScreenView.ts';
import { DeviceHeader } from './DeviceHeader.tsx';
import styles from './DevicePage.module.css';
import { ToggleMenu } from './ToggleMenu.tsx';
import { ViewersMenu } from './ViewersMenu.tsx';

/** The page of a device that is there: its header, and the screen with the seat in front of it. */
export function DeviceWorkspace({ device }: { device: Device }) {
  const connection = useStore(useConnection().state);
  const [host] = useState(() => new ScreenHost(device.id, device.screenSettings));
  useEffect(() => host.preferences.setDefaults(device.screenSettings), [host, device.screenSettings]);
  useEffect(() => exposeScreen(host), [host]);
  const view = useScreenView();
  const seat = useSeat(device);
  useEffect(() => seat.session.onKey(() => host.keySent()), [seat.session, host]);
  const fullScreen = useFullScreen();
  const [typing, setTyping] = useState(false);
  const sink = useRef<HTMLTextAreaElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const controlButton = useRef<HTMLButtonElement>(null);
  const cursor = useSelected(host.state, (state) => state.cursor);
  const controlling = seat.phase === 'controlling';
  return (
    <div className={styles.workspace}>
      <DeviceHeader device={device} panel="screen">
        <ViewersMenu device={device} seat={seat} />
        <ControlButton device={device} seat={seat} buttonRef={controlButton} />
        <ToggleMenu device={device} />
        <PictureMenu device={device} preferences={host.preferences} />
        <LatencyPill host={host} />
      </DeviceHeader>
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
    </div>
  );
}

/** Calls the on-screen keyboard of a phone up and puts it away. */
function KeyboardButton({ sink, typing }: { sink: RefObject<HTMLTextAreaElement | null>; typing: boolean }) {
  return (
    <button
      type="button"
      className={styles.keyboardButton}
      aria-label={texts.control.keyboard}
      aria-pressed={typing}
      // The field must not lose the focus to this button before the click decides.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => (typing ? sink.current?.blur() : sink.current?.focus({ preventScroll: true }))}
    >
      <IconKeyboard size={20} aria-hidden />
    </button>
  );
}
