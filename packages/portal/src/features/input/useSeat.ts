import type { Device } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { can } from '../../base/can.ts';
import { controllerOf } from '../../base/connection.ts';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { useStore } from '../../base/useStore.ts';
import { InputSession, type SeatState } from './inputSession.ts';
import { wantsSeat } from './wantsSeat.ts';

export interface Seat extends SeatState {
  session: InputSession;
}

/**
 * This page's seat at a device: taken by itself when nobody has it, on being offered, or on asking. Given up while the
 * screen is not `shown`, so that somebody else may have it.
 */
export function useSeat(device: Device, shown: boolean): Seat {
  const connection = useConnection();
  const { viewer } = useStore(connection.state);
  const [session] = useState(
    () => new InputSession({ deviceId: device.id, link: connection.link, api: connection.api }),
  );
  const state = useStore(session.state);
  const wanted = wantsSeat({
    connected: viewer !== undefined,
    online: device.online,
    inputOn: device.toggles.input,
    screenOn: device.toggles.screen,
    mayControl: can(device, 'control'),
    taken: controllerOf(device) !== undefined,
  });
  useEffect(() => () => session.close(), [session]);
  useEffect(() => {
    if (!shown) session.close();
    else if (wanted) session.takeFree();
  }, [session, wanted, shown]);
  useEffect(
    () =>
      connection.onOffer((id, from) => {
        if (id === device.id) session.accept(visibleText(from, 64));
      }),
    [connection, session, device.id],
  );
  return { ...state, session };
}
