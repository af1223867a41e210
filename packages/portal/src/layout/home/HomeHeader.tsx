import { Button } from '@mantine/core';
import { HOME_VIEWS, type HomeSettings, type HomeView } from '@porthole/protocol';
import { IconLayoutGrid, IconLayoutList, IconList, IconPlus, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { canEnrol } from '../../base/can.ts';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { AddDeviceDialog } from '../AddDeviceDialog.tsx';
import { ArrangeMenu } from './ArrangeMenu.tsx';
import styles from './HomePage.module.css';
import type { ChangeHome } from './homeContext.ts';
import { SearchField } from './SearchField.tsx';
import type { HomePart } from './useHomeSettings.ts';

interface HomeHeaderProps {
  query: string;
  setQuery(query: string): void;
  /** All devices, whatever is searched for. */
  list: readonly DeviceSummary[];
  settings: HomeSettings;
  change: ChangeHome;
  part: HomePart;
}

/** Search, views and everything to arrange; stays while the devices pass below. */
export function HomeHeader({ query, setQuery, list, settings, change, part }: HomeHeaderProps) {
  const { session } = useConnection();
  const [adding, setAdding] = useState(false);
  const online = list.filter((device) => device.online).length;
  return (
    <header className={styles.header}>
      <h1>{texts.home.title}</h1>
      <span className={styles.count}>{texts.home.count(online, list.length)}</span>
      <SearchField query={query} setQuery={setQuery} list={list} />
      <ViewChoice view={settings.view} choose={(view) => change({ view })} />
      <ArrangeMenu settings={settings} change={change} part={part} />
      {canEnrol(session) ? (
        <Button
          variant="default"
          className={styles.add ?? ''}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {texts.home.addDevice}
        </Button>
      ) : null}
      {adding ? <AddDeviceDialog onClose={() => setAdding(false)} /> : null}
    </header>
  );
}

const VIEW_ICONS = { cards: IconLayoutList, table: IconTable, list: IconList, wall: IconLayoutGrid };

function ViewChoice({ view, choose }: { view: HomeView; choose: (view: HomeView) => void }) {
  const names = texts.arrange.views;
  return (
    <div className={styles.views} role="radiogroup" aria-label={names.label}>
      {HOME_VIEWS.map((one) => {
        const Icon = VIEW_ICONS[one];
        return (
          <label key={one} className={styles.view} title={names[one]} data-on={one === view || undefined}>
            <input
              type="radio"
              name="home-view"
              checked={one === view}
              aria-label={names[one]}
              onChange={() => choose(one)}
            />
            <Icon size={16} aria-hidden />
          </label>
        );
      })}
    </div>
  );
}
