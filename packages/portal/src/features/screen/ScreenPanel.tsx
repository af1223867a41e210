import type { Device } from '@porthole/protocol';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { ConnectionState } from '../../base/connection.ts';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useSelected } from '../../base/useStore.ts';
import { fitScreen } from './fitScreen.ts';
import { RemotePointer } from './RemotePointer.tsx';
import { ScreenCover } from './ScreenCover.tsx';
import styles from './ScreenPanel.module.css';
import type { ScreenHost } from './screenHost.ts';
import { screenNotice } from './screenNotice.ts';
import { useEdgePan } from './useEdgePan.ts';
import type { ScreenView } from './useScreenView.ts';
import { useViewport } from './useViewport.ts';

interface ScreenPanelProps {
  host: ScreenHost;
  device: Device;
  connection: ConnectionState;
  view: ScreenView;
  /** The element that holds the picture: nothing lies over it, so pointers reach it. */
  picture: RefObject<HTMLDivElement | null>;
  /** CSS `cursor` over the picture. */
  cursor: string;
  /** What takes pointer and keys of the picture; mounted only while there is one. */
  surface: ReactNode;
  /** The controls that float in at the top edge. */
  controls: ReactNode;
  /** Whether this page has control: then the browser draws the device's cursor itself. */
  controlling: boolean;
}

/** The remote picture, as large as it goes, with what is to be said about it. Frames never pass through here. */
export function ScreenPanel(props: ScreenPanelProps) {
  const { host, device, connection, view, picture, cursor, surface, controls, controlling } = props;
  const [attempt, setAttempt] = useState(0);
  const panel = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const { container, ratio } = useViewport(panel);
  const width = useSelected(host.state, (state) => state.width);
  const height = useSelected(host.state, (state) => state.height);
  const phase = useSelected(host.state, (state) => state.phase);
  useStream({ host, device, viewer: connection.viewer, monitor: view.monitor, attempt, place });
  const fit = fitScreen({ container, display: { width, height }, ratio, mode: view.mode, zoom: view.zoom });
  const notice = screenNotice({ phase, online: device.online, on: device.toggles.screen, link: connection.phase });
  const live = notice === undefined;
  useEdgePan(view.scroller, live && (fit.width > container.width || fit.height > container.height));
  return (
    <section ref={panel} className={styles.panel} aria-label={texts.device.screen}>
      <div className={styles.viewport} ref={view.scroller}>
        <div
          ref={picture}
          className={styles.picture}
          style={{ cursor, width: fit.width, height: fit.height, marginLeft: fit.left, marginTop: fit.top }}
        >
          <div
            ref={place}
            className={styles.place}
            data-stale={!live || undefined}
            data-hidden={notice === 'off' || undefined}
            data-pixelated={fit.pixelated || undefined}
          />
          {live && !controlling ? <RemotePointer host={host} scale={width > 0 ? fit.width / width : 1} /> : null}
          {live ? surface : null}
        </div>
      </div>
      <ScreenCover
        // The page itself says so when the connection to the hub is lost.
        notice={connection.phase === 'open' ? notice : undefined}
        device={device}
        host={host}
        empty={width === 0 || notice === 'off'}
        retry={() => setAttempt(attempt + 1)}
      />
      {controls}
    </section>
  );
}

interface Stream {
  host: ScreenHost;
  device: Device;
  viewer: string | undefined;
  monitor: string;
  attempt: number;
  place: RefObject<HTMLElement | null>;
}

/** Keeps the stream open exactly while the device is there and sends; a new connection or monitor opens it anew. */
function useStream({ host, device, viewer, monitor, attempt, place }: Stream): void {
  const { id: deviceId, online } = device;
  const on = device.toggles.screen;
  const label = texts.screen.picture(visibleText(device.name));
  const latestLabel = useRef(label);
  useEffect(() => {
    latestLabel.current = label;
  });
  useEffect(() => (place.current ? host.attach(place.current) : undefined), [host, place]);
  useEffect(() => {
    if (!online || !on) host.pause();
    else if (viewer !== undefined) host.open({ deviceId, viewer, monitor, attempt }, latestLabel.current);
  }, [host, deviceId, online, on, viewer, monitor, attempt]);
}
