import type { Device, HomeField } from '@porthole/protocol';
import { memo, useRef } from 'react';
import { useNow } from '../../base/useNow.ts';
import { LivePicture } from '../../features/thumbnail/LivePicture.tsx';
import { Initials } from '../Initials.tsx';
import styles from './DeviceTable.module.css';
import { fieldText, isMeter } from './fieldText.ts';
import type { ItemProps } from './homeContext.ts';
import { AlertMark, ChooseBox, ItemName, ItemTools } from './ItemParts.tsx';
import { MeterTrack } from './MeterBars.tsx';
import { TagList } from './TagList.tsx';
import { CELL, ROW, rowProps } from './tableRoles.ts';
import { useItem } from './useItem.ts';

/** One device as a row of the table. `fields` are those that have room. */
export const DeviceRow = memo(function DeviceRow(props: ItemProps) {
  const { id, position, fields, isFavourite, isMovable } = props;
  const ref = useRef<HTMLDivElement>(null);
  const { device, isChosen, attributes } = useItem(id, fields, ref);
  const now = useNow();
  if (!device) return <div ref={ref} {...ROW} className={styles.row} />;
  return (
    <div ref={ref} {...rowProps(position + 1)} className={styles.row} {...attributes}>
      <span {...CELL}>
        <ChooseBox device={device} isChosen={isChosen} />
      </span>
      <span {...CELL} className={styles.name}>
        <ItemName device={device} now={now} numbered={false} />
      </span>
      {fields.map((field) => (
        <Cell key={field} field={field} device={device} now={now} />
      ))}
      <span {...CELL}>
        <ItemTools device={device} isFavourite={isFavourite} isMovable={isMovable} />
      </span>
    </div>
  );
});

/** What devices and people wrote may be of any length; figures fit. */
const LONG: readonly HomeField[] = [
  'system',
  'address',
  'model',
  'kernel',
  'group',
  'tags',
  'notes',
  'version',
  'network',
  'state',
  'uptime',
];

function Cell({ field, device, now }: { field: HomeField; device: Device; now: number }) {
  if (field === 'picture') {
    return (
      <span {...CELL} className={styles.picture}>
        <LivePicture device={device} />
      </span>
    );
  }
  const text = fieldText(field, device, now);
  return (
    <span
      {...CELL}
      className={styles.cell}
      data-meter={isMeter(field) || undefined}
      data-long={LONG.includes(field) || undefined}
      title={text}
    >
      {contentOf(field, device) ?? text ?? '–'}
      {isMeter(field) ? <MeterTrack device={device} meter={field} /> : null}
    </span>
  );
}

function contentOf(field: HomeField, device: Device) {
  switch (field) {
    case 'tags':
      return device.profile.tags.length > 0 ? <TagList tags={device.profile.tags} /> : undefined;
    case 'alerts':
      return device.alerts > 0 ? <AlertMark alerts={device.alerts} /> : undefined;
    case 'viewers':
      return device.viewers.length > 0 ? <Initials viewers={device.viewers} /> : undefined;
    default:
      return undefined;
  }
}
