import type { Device } from '@porthole/protocol';
import { memo, useRef } from 'react';
import { formatAgo, formatExact, visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useNow } from '../../base/useNow.ts';
import { LivePicture } from '../../features/thumbnail/LivePicture.tsx';
import { Initials } from '../Initials.tsx';
import styles from './DeviceCard.module.css';
import { fieldText } from './fieldText.ts';
import type { ItemProps } from './homeContext.ts';
import { AlertMark, ChooseBox, ItemName, ItemTools } from './ItemParts.tsx';
import { MeterBars } from './MeterBars.tsx';
import { TagList } from './TagList.tsx';
import { linesOf } from './textHeight.ts';
import { useItem } from './useItem.ts';

/** One device as a card. Renders again only for its own news. */
export const DeviceCard = memo(function DeviceCard(props: ItemProps) {
  const ref = useRef<HTMLLIElement>(null);
  const { device, isChosen, attributes } = useItem(props.id, props.fields, ref);
  return (
    <li ref={ref} className={styles.card} aria-posinset={props.position} aria-setsize={props.total} {...attributes}>
      {device ? <Contents {...props} device={device} isChosen={isChosen} /> : null}
    </li>
  );
});

interface ContentsProps extends ItemProps {
  device: Device;
  isChosen: boolean;
}

function Contents({ device, isChosen, fields, isFavourite, isMovable }: ContentsProps) {
  const now = useNow();
  const hasPicture = fields.includes('picture');
  return (
    <>
      {hasPicture ? <LivePicture device={device} /> : null}
      {hasPicture && fields.includes('viewers') ? (
        <span className={styles.viewers}>
          <Initials viewers={device.viewers} />
        </span>
      ) : null}
      <div className={styles.head}>
        <ItemName device={device} now={now} numbered={fields.includes('number')} />
        {fields.includes('alerts') ? <AlertMark alerts={device.alerts} /> : null}
        {!hasPicture && fields.includes('viewers') ? <Initials viewers={device.viewers} /> : null}
        <ItemTools device={device} isFavourite={isFavourite} isMovable={isMovable} />
      </div>
      <Lines device={device} fields={fields} now={now} />
      <MeterBars device={device} fields={fields} />
      <span className={hasPicture ? styles.choose : styles.chooseBare}>
        <ChooseBox device={device} isChosen={isChosen} />
      </span>
    </>
  );
}

/** One line of words for each field; the state of a device that is away stands at the end of the first. */
function Lines({ device, fields, now }: Pick<ContentsProps, 'device' | 'fields'> & { now: number }) {
  const lines = linesOf(fields);
  const state = fields.includes('state') && !device.online ? <Seen since={device.since} now={now} /> : null;
  if (lines.length === 0) return fields.includes('state') ? <div className={styles.line}>{state}</div> : null;
  return lines.map((field, at) => {
    const text = fieldText(field, device, now);
    return (
      <div key={field} className={styles.line}>
        {field === 'tags' ? (
          <TagList tags={device.profile.tags} />
        ) : (
          <span className={styles.text} title={text && `${texts.arrange.fieldNames[field]}: ${text}`}>
            {text}
          </span>
        )}
        {at === 0 ? state : null}
      </div>
    );
  });
}

function Seen({ since, now }: { since: number; now: number }) {
  return (
    <time className={styles.seen} dateTime={isoOrNothing(since)} title={formatExact(since)}>
      {visibleText(texts.device.seen(formatAgo(since, now)))}
    </time>
  );
}

function isoOrNothing(at: number): string | undefined {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
