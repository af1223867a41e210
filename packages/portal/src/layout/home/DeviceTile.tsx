import { memo, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import { useNow } from '../../base/useNow.ts';
import { LivePicture } from '../../features/thumbnail/LivePicture.tsx';
import styles from './DeviceTile.module.css';
import { fieldText } from './fieldText.ts';
import type { ItemProps } from './homeContext.ts';
import { AlertMark, ChooseBox, ItemName, ItemTools } from './ItemParts.tsx';
import { useItem } from './useItem.ts';

/** One device of the wall: its picture alone, with its name on it. */
export const DeviceTile = memo(function DeviceTile(props: ItemProps) {
  const { id, position, total, fields, isFavourite, isMovable } = props;
  const ref = useRef<HTMLLIElement>(null);
  const { device, isChosen, attributes } = useItem(id, WATCHED, ref);
  const now = useNow();
  return (
    <li ref={ref} className={styles.tile} aria-posinset={position} aria-setsize={total} {...attributes}>
      {device ? (
        <>
          <LivePicture device={device} />
          <div className={styles.head}>
            <ItemName device={device} now={now} numbered={fields.includes('number')} />
            {fields.map((field) => {
              if (field === 'number' || field === 'picture') return null;
              if (field === 'alerts') return <AlertMark key={field} alerts={device.alerts} />;
              if (field === 'state' && device.online) return null;
              const text = fieldText(field, device, now);
              return text === undefined ? null : (
                <span key={field} className={styles.text} title={`${texts.arrange.fieldNames[field]}: ${text}`}>
                  {text}
                </span>
              );
            })}
            <ItemTools device={device} isFavourite={isFavourite} isMovable={isMovable} />
          </div>
          <span className={styles.choose}>
            <ChooseBox device={device} isChosen={isChosen} />
          </span>
        </>
      ) : null}
    </li>
  );
});

const WATCHED = ['picture'] as const;
