import type { HomeSettings } from '@porthole/protocol';
import { type CSSProperties, useMemo, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import { DeviceSections, type DeviceSectionsProps } from './DeviceSections.tsx';
import styles from './DeviceTable.module.css';
import type { ChangeHome } from './homeContext.ts';
import { TableHead } from './TableHead.tsx';
import { tableColumns } from './tableColumns.ts';
import { tableProps } from './tableRoles.ts';
import { useWidth } from './useWidth.ts';

interface DeviceTableProps extends Omit<DeviceSectionsProps, 'view' | 'size' | 'fields'> {
  settings: HomeSettings;
  change: ChangeHome;
  total: number;
}

/** The devices as rows, with as many columns as have room. */
export function DeviceTable({ settings, change, total, ...rest }: DeviceTableProps) {
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref);
  const fields = settings.fields.table;
  const { shown, css } = useMemo(() => tableColumns(fields, width), [fields, width]);
  return (
    <div
      ref={ref}
      {...tableProps(texts.home.title, total + 1)}
      className={styles.table}
      style={{ '--table-columns': css } as CSSProperties}
    >
      <TableHead shown={shown} settings={settings} change={change} />
      <DeviceSections {...rest} view="table" size={settings.size} fields={shown} />
    </div>
  );
}
