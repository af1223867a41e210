import type { HomeField, HomeSettings } from '@porthole/protocol';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { texts } from '../../base/texts.ts';
import styles from './DeviceTable.module.css';
import type { ChangeHome } from './homeContext.ts';
import { sortBy, sortingOf } from './tableColumns.ts';
import { CELL, columnHeaderProps, ROW, ROW_GROUP } from './tableRoles.ts';

interface TableHeadProps {
  shown: readonly HomeField[];
  settings: HomeSettings;
  change: ChangeHome;
}

/** The names of the columns; some sort by themselves. */
export function TableHead({ shown, settings, change }: TableHeadProps) {
  return (
    <div {...ROW_GROUP} className={styles.head}>
      <div {...ROW} className={styles.headRow}>
        <span {...CELL} />
        <Head field="name" settings={settings} change={change} />
        {shown.map((field) => (
          <Head key={field} field={field} settings={settings} change={change} />
        ))}
        <span {...CELL} />
      </div>
    </div>
  );
}

function Head({ field, settings, change }: Omit<TableHeadProps, 'shown'> & { field: HomeField | 'name' }) {
  const title = field === 'name' ? texts.arrange.name : texts.arrange.fieldNames[field];
  const sorting = sortingOf(field);
  if (!sorting) {
    return (
      <span {...columnHeaderProps(undefined)} className={styles.title}>
        {title}
      </span>
    );
  }
  const isSorted = settings.sorting === sorting;
  const Arrow = settings.descending ? IconArrowDown : IconArrowUp;
  return (
    <span
      {...columnHeaderProps(isSorted ? (settings.descending ? 'descending' : 'ascending') : undefined)}
      className={styles.title}
    >
      <button type="button" title={texts.arrange.sortBy(title)} onClick={() => change(sortBy(settings, sorting))}>
        <span>{title}</span>
        {isSorted ? <Arrow size={14} aria-hidden /> : null}
      </button>
    </span>
  );
}
