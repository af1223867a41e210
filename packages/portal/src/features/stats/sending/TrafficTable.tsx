import type { Device, Traffic } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { formatSize } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { usePageVisible } from '../../../base/usePageVisible.ts';
import { Meter } from '../details/Meter.tsx';
import { formatBytesRate } from '../formatBytesRate.ts';
import { StatsApi } from '../statsApi.ts';
import styles from './TrafficTable.module.css';
import { trafficRows } from './trafficRows.ts';

/** How often it is read while somebody looks, in ms: the hub's own figures are over about five seconds. */
const PACE_MS = 2_500;

/** What a device really sends, by feature, as counted where it arrives. */
export function TrafficTable({ device, active }: { device: Device; active: boolean }) {
  const { traffic, error } = useTraffic(device.id, active);
  const { rows, sum, most } = trafficRows(traffic);
  return (
    <section className={styles.traffic} aria-label={texts.sending.traffic}>
      <table className={styles.table}>
        <caption>{texts.sending.traffic}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.sending.feed}</th>
            <td />
            <th scope="col">{texts.sending.now}</th>
            <th scope="col">{texts.sending.today}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, now, today }) => {
            const label = name === 'other' ? texts.sending.other : texts.toggles.names[name];
            return (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td className={styles.bar}>
                  <Meter label={label} text={formatBytesRate(now)} share={most > 0 ? now / most : 0} />
                </td>
                <td>{formatBytesRate(now)}</td>
                <td>{formatSize(today)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{texts.sending.sum}</th>
            <td className={styles.bar} />
            <td>{formatBytesRate(sum.now)}</td>
            <td>{formatSize(sum.today)}</td>
          </tr>
        </tfoot>
      </table>
      <Problem>{error}</Problem>
    </section>
  );
}

/** Read again and again while somebody looks. */
function useTraffic(deviceId: string, active: boolean): { traffic: Traffic | undefined; error: string | undefined } {
  const { api } = useConnection();
  const visible = usePageVisible();
  const [state, setState] = useState<{ traffic: Traffic | undefined; error: string | undefined }>({
    traffic: undefined,
    error: undefined,
  });
  useEffect(() => {
    if (!active || !visible) return;
    let wanted = true;
    const read = () =>
      void new StatsApi(api).traffic(deviceId).then(
        (traffic) => wanted && setState({ traffic, error: undefined }),
        (error: unknown) => wanted && setState((before) => ({ ...before, error: sentenceOf(error) })),
      );
    read();
    const timer = setInterval(read, PACE_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [api, deviceId, active, visible]);
  return state;
}
