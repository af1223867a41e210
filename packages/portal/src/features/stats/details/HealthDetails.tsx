import type { HealthSample } from '@porthole/protocol';
import { formatMemory, formatShare, formatSize, visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { formatBytesRate } from '../formatBytesRate.ts';
import { keyed } from '../keyed.ts';
import { Cores } from './Cores.tsx';
import { formatMinutes } from './formatMinutes.ts';
import styles from './HealthDetails.module.css';
import { Meter } from './Meter.tsx';
import { Part } from './Part.tsx';

/** From here on a drive counts as nearly full. */
const NEARLY_FULL = 0.9;

/** Part by part: what the charts sum up. Parts that the machine lacks are not there. */
export function HealthDetails({ sample }: { sample: HealthSample }) {
  const { cores, disks, drives, interfaces, temperatures, fans, gpus } = sample;
  return (
    <div className={styles.details}>
      {cores.length > 0 ? <Cores sample={sample} /> : null}
      <MemoryPart sample={sample} />
      {disks.length > 0 ? <Disks disks={disks} /> : null}
      {interfaces.length > 0 ? (
        <Rates
          title={texts.health.network}
          names={texts.health.networkRates}
          rows={interfaces.map(({ name, received, sent }) => [name, received, sent])}
        />
      ) : null}
      {drives.length > 0 ? (
        <Rates
          title={texts.health.drives}
          names={texts.health.driveRates}
          rows={drives.map(({ name, read, written }) => [name, read, written])}
        />
      ) : null}
      {gpus.length > 0 ? <Gpus gpus={gpus} /> : null}
      {temperatures.length > 0 ? (
        <Figures
          title={texts.health.temperatures}
          rows={temperatures.map(({ name, celsius }) => [name, texts.health.celsius(Math.round(celsius))])}
        />
      ) : null}
      {fans.length > 0 ? (
        <Figures
          title={texts.health.fans}
          rows={fans.map(({ name, rpm }) => [name, texts.health.rpm(Math.round(rpm))])}
        />
      ) : null}
      {sample.battery ? <Battery battery={sample.battery} /> : null}
    </div>
  );
}

function MemoryPart({ sample: { memory, swap } }: { sample: HealthSample }) {
  return (
    <Part title={texts.health.memory}>
      <ul className={styles.list}>
        <Amount name={texts.health.memory} {...memory} format={formatMemory} />
        {swap && swap.total > 0 ? <Amount name={texts.health.swap} {...swap} format={formatMemory} /> : null}
      </ul>
      {memory.cached === undefined ? null : (
        <p className={styles.dim}>{texts.health.cached(formatMemory(memory.cached))}</p>
      )}
    </Part>
  );
}

function Disks({ disks }: Pick<HealthSample, 'disks'>) {
  return (
    <Part title={texts.health.disks}>
      <ul className={styles.list}>
        {keyed(disks, ({ mount }) => mount).map(({ key, item: { mount, used, total } }) => (
          <Amount
            key={key}
            name={visibleText(mount)}
            used={used}
            total={total}
            format={formatSize}
            high={NEARLY_FULL}
          />
        ))}
      </ul>
    </Part>
  );
}

interface AmountProps {
  name: string;
  used: number;
  total: number;
  format(bytes: number): string;
  high?: number;
}

function Amount({ name, used, total, format, high = 2 }: AmountProps) {
  const share = total > 0 ? used / total : 0;
  const text = texts.health.freeOf(format(Math.max(0, total - used)), format(total));
  return (
    <li className={styles.amount}>
      <span className={styles.line}>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <span className={styles.dim}>{text}</span>
        <span className={styles.number}>{formatShare(share)}</span>
      </span>
      <Meter label={name} text={`${formatShare(share)}, ${text}`} share={share} high={high} />
    </li>
  );
}

interface RatesProps {
  title: string;
  names: readonly [string, string] | readonly string[];
  rows: readonly (readonly [name: string, first: number, second: number])[];
}

/** Two rates of each part. */
function Rates({ title, names, rows }: RatesProps) {
  return (
    <Part title={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden-visually">{texts.health.columns.name}</span>
            </th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows, ([name]) => name).map(({ key, item: [name, first, second] }) => (
            <tr key={key}>
              <th scope="row" title={visibleText(name)}>
                {visibleText(name)}
              </th>
              <td>{formatBytesRate(first)}</td>
              <td>{formatBytesRate(second)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Figures({ title, rows }: { title: string; rows: readonly (readonly [name: string, figure: string])[] }) {
  return (
    <Part title={title}>
      <dl className={styles.figures}>
        {keyed(rows, ([name]) => name).map(({ key, item: [name, figure] }) => (
          <div key={key}>
            <dt title={visibleText(name)}>{visibleText(name)}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Gpus({ gpus }: Pick<HealthSample, 'gpus'>) {
  return (
    <Part title={texts.health.gpus}>
      <ul className={styles.list}>
        {keyed(gpus, ({ name }) => name).map(({ key, item: { name, busy, memory, celsius } }) => {
          const shown = visibleText(name);
          const figures = [
            busy === undefined ? undefined : formatShare(busy),
            memory && texts.health.usedOf(formatMemory(memory.used), formatMemory(memory.total)),
            celsius === undefined ? undefined : texts.health.celsius(Math.round(celsius)),
          ].filter((figure) => figure !== undefined);
          return (
            <li key={key} className={styles.amount}>
              <span className={styles.line}>
                <span className={styles.name} title={shown}>
                  {shown}
                </span>
                <span>{figures.join(' · ')}</span>
              </span>
              {busy === undefined ? null : <Meter label={shown} text={formatShare(busy)} share={busy} />}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Battery({ battery }: { battery: NonNullable<HealthSample['battery']> }) {
  const { charge, charging, minutesLeft } = battery;
  const state = charging ? texts.health.charging : texts.health.onBattery;
  const left = minutesLeft === undefined ? state : `${state}, ${texts.health.left(formatMinutes(minutesLeft))}`;
  return (
    <Part title={texts.health.battery} detail={left}>
      <div className={styles.amount}>
        <span className={styles.line}>
          <span className={styles.name}>{texts.health.charge}</span>
          <span className={styles.number}>{formatShare(charge)}</span>
        </span>
        <Meter label={texts.health.battery} text={`${formatShare(charge)}, ${left}`} share={charge} />
      </div>
    </Part>
  );
}
