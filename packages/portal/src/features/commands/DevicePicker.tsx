import { Button, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { can } from '../../base/can.ts';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { searchDevices } from '../../base/searchDevices.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './RunPage.module.css';

interface DevicePickerProps {
  chosen: ReadonlySet<string>;
  choose(chosen: ReadonlySet<string>): void;
}

/** Rows that are in the page; a search finds the others. */
const MOST_ROWS = 200;

/** The devices on which this person may run commands, to choose from. */
export function DevicePicker({ chosen, choose }: DevicePickerProps) {
  const { devices } = useConnection();
  const list = useStore(devices.list) ?? [];
  const [query, setQuery] = useState('');
  const words = texts.commands.devices;
  const asked = useDeferredValue(query);
  const allowed = list.filter(({ id }) => {
    const device = devices.device(id).get();
    return device !== undefined && can(device, 'terminal');
  });
  const found = searchDevices(allowed, asked);
  const online = found.filter((device) => device.online).map(({ id }) => id);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  if (allowed.length === 0) return <p className={styles.dim}>{words.empty}</p>;
  return (
    <fieldset className={styles.picker}>
      <legend>
        {words.label} <span className={styles.dim}>{words.chosen(chosen.size)}</span>
      </legend>
      <div className={styles.row}>
        <TextInput
          type="search"
          size="xs"
          className={styles.grow}
          aria-label={words.search}
          placeholder={words.search}
          value={query}
          maxLength={100}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button size="compact-sm" variant="default" onClick={() => choose(new Set([...chosen, ...online]))}>
          {words.allOnline}
        </Button>
        <Button size="compact-sm" variant="default" disabled={chosen.size === 0} onClick={() => choose(new Set())}>
          {words.none}
        </Button>
      </div>
      <div className={styles.devices}>
        {found.slice(0, MOST_ROWS).map((device) => (
          <DeviceRow key={device.id} device={device} on={chosen.has(device.id)} toggle={toggle} />
        ))}
      </div>
    </fieldset>
  );
}

function DeviceRow({ device, on, toggle }: { device: DeviceSummary; on: boolean; toggle: (id: string) => void }) {
  return (
    <label className={styles.device}>
      <input type="checkbox" checked={on} onChange={() => toggle(device.id)} />
      <span className={styles.cut}>{visibleText(device.name)}</span>
      {device.online ? null : <span className={styles.dim}>{texts.commands.devices.offline}</span>}
    </label>
  );
}
