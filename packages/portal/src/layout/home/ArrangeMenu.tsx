import { Popover, Switch } from '@mantine/core';
import { HOME_GROUPINGS, HOME_SORTINGS, type HomeSettings } from '@porthole/protocol';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useId } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './ArrangeMenu.module.css';
import { FieldList } from './FieldList.tsx';
import { HomeKeeping } from './HomeKeeping.tsx';
import type { ChangeHome } from './homeContext.ts';
import type { HomePart } from './useHomeSettings.ts';

interface ArrangeProps {
  settings: HomeSettings;
  change: ChangeHome;
  part: HomePart;
}

/** Everything about how the home page is laid out, in what opens from its button. */
export function ArrangeMenu(props: ArrangeProps) {
  const { label } = texts.arrange;
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.button} aria-label={label} title={label}>
          <IconAdjustmentsHorizontal size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={label}>
        <Contents {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Contents({ settings, change, part }: ArrangeProps) {
  const { view, fields } = settings;
  const words = texts.arrange;
  const hasSize = view !== 'table';
  return (
    <div className={styles.content}>
      <Choice
        label={words.grouping}
        value={settings.grouping}
        options={HOME_GROUPINGS}
        names={words.groupings}
        choose={(grouping) => change({ grouping })}
      />
      <Choice
        label={words.sorting}
        value={settings.sorting}
        options={HOME_SORTINGS}
        names={words.sortings}
        choose={(sorting) => change({ sorting, descending: sorting === 'cpu' || sorting === 'memory' })}
      />
      {settings.sorting === 'own' ? (
        <p className={styles.hint}>{words.ownHint}</p>
      ) : (
        <Flag label={words.descending} on={settings.descending} set={(descending) => change({ descending })} />
      )}
      <Flag
        label={words.unhealthyFirst}
        on={settings.unhealthyFirst}
        set={(unhealthyFirst) => change({ unhealthyFirst })}
      />
      <Flag
        label={words.favouritesFirst}
        on={settings.favouritesFirst}
        set={(favouritesFirst) => change({ favouritesFirst })}
      />
      {hasSize ? <Size size={settings.size} set={(size) => change({ size })} /> : null}
      <FieldList
        key={view}
        view={view}
        fields={fields[view]}
        set={(next) => change({ fields: { ...fields, [view]: [...next] } })}
      />
      <HomeKeeping part={part} settings={settings} />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly T[];
  names: Readonly<Record<T, string>>;
  choose(value: T): void;
}

function Choice<T extends string>({ label, value, options, names, choose }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => {
          const next = options.find((option) => option === event.currentTarget.value);
          if (next !== undefined) choose(next);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {names[option]}
          </option>
        ))}
      </select>
    </div>
  );
}

function Flag({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <Switch
      size="sm"
      labelPosition="left"
      label={label}
      checked={on}
      classNames={{ body: styles.flag ?? '' }}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

function Size({ size, set }: { size: number; set: (size: number) => void }) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{texts.arrange.size}</label>
      <input
        id={id}
        type="range"
        min={140}
        max={640}
        step={20}
        value={size}
        aria-valuetext={texts.arrange.pixels(size)}
        onChange={(event) => set(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
