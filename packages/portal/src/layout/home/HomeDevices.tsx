import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { usePreference } from '../../base/preferences/usePreference.ts';
import { texts } from '../../base/texts.ts';
import { useSelected } from '../../base/useStore.ts';
import { DeviceMenu } from './DeviceMenu.tsx';
import { DeviceSections } from './DeviceSections.tsx';
import { DeviceTable } from './DeviceTable.tsx';
import { HomeHeader } from './HomeHeader.tsx';
import styles from './HomePage.module.css';
import { HomeProvider } from './homeContext.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { useArrangement } from './useArrangement.ts';
import { useDeviceOrder } from './useDeviceOrder.ts';
import { useFolded } from './useFolded.ts';
import { useHomeActions } from './useHomeActions.ts';
import { useHomeCommands } from './useHomeCommands.ts';
import { useHomeSettings } from './useHomeSettings.ts';

/** The devices in the view that the user likes, with everything to arrange, find and choose them. */
export function HomeDevices() {
  const area = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const columns = useRef(1);
  const { settings, change, part } = useHomeSettings();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const { list, sections, favourites, order } = useArrangement(area, settings, asked);
  const lists = useMemo(() => sections.map((section) => section.devices.map(({ id }) => id)), [sections]);
  const { actions, menu, closeMenu, shown } = useHomeActions(lists);
  const isChoosing = useSelected(actions.selection, ({ chosen }) => chosen.size > 0);
  const isMovable = settings.sorting === 'own';
  const said = useDeviceOrder({ page, drag: actions.drag, isOn: isMovable, columns, order, lists });
  const isCompact = usePreference('appearance')[0].density === 'compact';
  const { folded, fold } = useFolded();
  useHomeCommands(settings, change);
  const { view, size } = settings;
  const common = { area, sections, favourites, folded, fold, isMovable, isCompact, columns };
  return (
    <HomeProvider value={actions}>
      <div ref={page} className={styles.page} data-choosing={isChoosing || undefined}>
        <HomeHeader query={query} setQuery={setQuery} list={list} settings={settings} change={change} part={part} />
        {sections.length === 0 ? <NoMatch query={asked} clear={() => setQuery('')} /> : null}
        {view === 'table' ? (
          <DeviceTable {...common} settings={settings} change={change} total={list.length} />
        ) : (
          <DeviceSections {...common} view={view} size={size} fields={settings.fields[view]} />
        )}
        <p className="hidden-visually" role="status">
          {said}
        </p>
        <SelectionBar shown={shown} />
      </div>
      {menu ? <DeviceMenu key={menu.id} {...menu} onClose={closeMenu} /> : null}
    </HomeProvider>
  );
}

function NoMatch({ query, clear }: { query: string; clear: () => void }) {
  return (
    <p className={styles.none} role="status">
      {texts.home.none(visibleText(query))}{' '}
      <button type="button" className={styles.textButton} onClick={clear}>
        {texts.home.clear}
      </button>
    </p>
  );
}
