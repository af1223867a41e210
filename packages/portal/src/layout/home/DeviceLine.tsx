import type { HomeField } from '@porthole/protocol';
import { IconStarFilled } from '@tabler/icons-react';
import { memo, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import { useNow } from '../../base/useNow.ts';
import { useSelected } from '../../base/useStore.ts';
import styles from './DeviceLine.module.css';
import { fieldText } from './fieldText.ts';
import { type ItemProps, useHome } from './homeContext.ts';
import { AlertMark, ChooseBox, ItemName, ItemTools } from './ItemParts.tsx';
import { useItem } from './useItem.ts';
import { useNear } from './useNear.ts';

/** One device as a line of the compact list. */
export const DeviceLine = memo(function DeviceLine(props: ItemProps) {
  const { id, position, total, fields, isFavourite, isMovable } = props;
  const ref = useRef<HTMLLIElement>(null);
  const { device, isChosen, attributes } = useItem(id, fields, ref);
  const now = useNow();
  const isChoosing = useSelected(useHome().selection, ({ chosen }) => chosen.size > 0);
  const { isNear: isApproached, handlers } = useNear();
  const isNear = isApproached || attributes['data-moved'] !== undefined;
  return (
    <li ref={ref} className={styles.line} aria-posinset={position} aria-setsize={total} {...attributes} {...handlers}>
      {device ? (
        <>
          <ItemName device={device} now={now} numbered={fields.includes('number')} />
          {isFavourite && !isNear ? <IconStarFilled size={14} className={styles.star} aria-hidden /> : null}
          <span className={styles.fields}>
            {fields.map((field) => {
              if (field === 'number' || field === 'picture') return null;
              if (field === 'alerts') return <AlertMark key={field} alerts={device.alerts} />;
              const text = fieldText(field, device, now);
              return text === undefined ? null : (
                <span
                  key={field}
                  data-short={SHORT.includes(field) || undefined}
                  title={`${texts.arrange.fieldNames[field]}: ${text}`}
                >
                  {text}
                </span>
              );
            })}
          </span>
          {isNear || isChosen || isChoosing ? (
            <span className={styles.tools}>
              <ChooseBox device={device} isChosen={isChosen} />
              {isNear ? <ItemTools device={device} isFavourite={isFavourite} isMovable={isMovable} /> : null}
            </span>
          ) : null}
        </>
      ) : null}
    </li>
  );
});

/** Fields of a few letters, which would say nothing when cut. */
const SHORT: readonly HomeField[] = ['cpu', 'memory', 'disk', 'battery', 'load', 'temperature', 'state', 'version'];
