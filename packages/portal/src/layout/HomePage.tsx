import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { canEnrol } from '../base/can.ts';
import type { DeviceSummary } from '../base/devicesStore.ts';
import { visibleText } from '../base/format.ts';
import { useConnection } from '../base/portalContext.ts';
import { searchDevices } from '../base/searchDevices.ts';
import { texts } from '../base/texts.ts';
import { useStore } from '../base/useStore.ts';
import { AddDeviceDialog } from './AddDeviceDialog.tsx';
import { DeviceGrid } from './DeviceGrid.tsx';
import styles from './HomePage.module.css';
import { NoDevices } from './NoDevices.tsx';

/** All devices that the user may see. */
export function HomePage() {
  const { devices } = useConnection();
  const list = useStore(devices.list);
  useEffect(() => {
    document.title = texts.product;
  }, []);
  if (list === undefined) return <Loading />;
  return list.length === 0 ? <NoDevices /> : <Devices list={list} />;
}

function Devices({ list }: { list: readonly DeviceSummary[] }) {
  const { session } = useConnection();
  const [query, setQuery] = useState('');
  const [adding, setAdding] = useState(false);
  const asked = useDeferredValue(query);
  const found = searchDevices(list, asked);
  const online = list.filter((device) => device.online).length;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{texts.home.title}</h1>
        <span className={styles.count}>{texts.home.count(online, list.length)}</span>
        <TextInput
          type="search"
          className={styles.search}
          aria-label={texts.home.search}
          placeholder={texts.home.searchHint}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={query}
          maxLength={100}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setQuery('')}
        />
        {canEnrol(session) ? (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {texts.home.addDevice}
          </Button>
        ) : null}
      </header>
      {found.length === 0 ? (
        <p className={styles.none} role="status">
          {texts.home.none(visibleText(asked))}{' '}
          <button type="button" className={styles.textButton} onClick={() => setQuery('')}>
            {texts.home.clear}
          </button>
        </p>
      ) : (
        <DeviceGrid devices={found} />
      )}
      {adding ? <AddDeviceDialog onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

/** Empty cards in the places of those to come; they show only when the list takes its time. */
function Loading() {
  return (
    <div className={styles.page} role="status" aria-label={texts.home.loading}>
      <div className={styles.header} />
      <div className={styles.skeletons}>
        <div />
        <div />
        <div />
      </div>
    </div>
  );
}
