import { HOME_FIELDS, type HomeField, type HomeView } from '@porthole/protocol';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './FieldList.module.css';
import { moveBeside, moveBy, stepOfKey } from './reorder.ts';

interface FieldListProps {
  view: HomeView;
  /** Those that are shown, in their order. */
  fields: readonly HomeField[];
  set(fields: readonly HomeField[]): void;
}

/** Fields that a view cannot show. */
const WITHOUT: Record<HomeView, readonly HomeField[]> = {
  cards: [],
  table: [],
  list: ['picture', 'viewers'],
  wall: ['picture', 'viewers'],
};

/** Which fields a view shows and in which order: dragged by mouse and finger, or lifted and moved by keys. */
export function FieldList({ view, fields, set }: FieldListProps) {
  const [lifted, setLifted] = useState<{ field: HomeField; before: readonly HomeField[] }>();
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const offered = HOME_FIELDS.filter((field) => !WITHOUT[view].includes(field));
  const shown = fields.filter((field) => offered.includes(field));
  const hidden = offered.filter((field) => !shown.includes(field));
  const names = texts.arrange.fieldNames;
  const onKeyDown = (event: KeyboardEvent, field: HomeField) => {
    const isLifted = lifted?.field === field;
    const at = shown.indexOf(field) + 1;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      setLifted(isLifted ? undefined : { field, before: shown });
      setSaid(texts.arrange[isLifted ? 'dropped' : 'lifted'](names[field], at, shown.length));
      return;
    }
    if (!isLifted) return;
    const step = stepOfKey(event.key, 1);
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
      set(lifted.before);
      setLifted(undefined);
      setSaid(texts.arrange.putBack(names[field]));
    } else if (step !== undefined) {
      event.preventDefault();
      const next = moveBy(shown, field, step);
      set(next);
      setSaid(texts.arrange.movedTo(next.indexOf(field) + 1, next.length));
    }
  };
  const touched = useFocusKept(list);
  const toggle = (field: HomeField, next: readonly HomeField[]) => {
    touched.current = field;
    set(next);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>, field: HomeField) => {
    if (event.button !== 0 || !list.current) return;
    let order: readonly HomeField[] = shown;
    followRows(event.nativeEvent, list.current, {
      over: (target, side) => {
        order = moveBeside(order, field, target as HomeField, side);
        set(order);
      },
      begin: () => setLifted({ field, before: shown }),
      end: () => setLifted(undefined),
    });
  };
  return (
    <fieldset className={styles.fields}>
      <legend>{texts.arrange.fields}</legend>
      <ul ref={list}>
        {shown.map((field) => (
          <li key={field} data-field={field} data-lifted={lifted?.field === field || undefined}>
            <button
              type="button"
              className={styles.grip}
              aria-label={texts.arrange.move(names[field])}
              title={texts.arrange.moveHelp}
              aria-pressed={lifted?.field === field}
              onKeyDown={(event) => onKeyDown(event, field)}
              onPointerDown={(event) => onPointerDown(event, field)}
            >
              <IconGripVertical size={16} aria-hidden />
            </button>
            <Check
              field={field}
              on
              toggle={() =>
                toggle(
                  field,
                  shown.filter((one) => one !== field),
                )
              }
            />
          </li>
        ))}
        {hidden.map((field) => (
          <li key={field} data-hidden={field}>
            <span className={styles.noGrip} />
            <Check field={field} on={false} toggle={() => toggle(field, [...shown, field])} />
          </li>
        ))}
      </ul>
      <p className="hidden-visually" role="status">
        {said}
      </p>
    </fieldset>
  );
}

/** What was switched moves in the list, and the keyboard goes along. Set to the field that was. */
function useFocusKept(list: RefObject<HTMLElement | null>): RefObject<HomeField | undefined> {
  const touched = useRef<HomeField>(undefined);
  useEffect(() => {
    const field = touched.current;
    touched.current = undefined;
    if (field === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-field="${field}"] input, [data-hidden="${field}"] input`)?.focus();
  });
  return touched;
}

function Check({ field, on, toggle }: { field: HomeField; on: boolean; toggle: () => void }) {
  const name = texts.arrange.fieldNames[field];
  return (
    <label className={styles.check} data-off={!on || undefined}>
      <input type="checkbox" checked={on} aria-label={texts.arrange.show(name)} onChange={toggle} />
      {name}
    </label>
  );
}

interface RowEvents {
  begin(): void;
  /** The pointer came over another row, in its upper or lower half. */
  over(field: string, side: 'before' | 'after'): void;
  end(): void;
}

/** Follows a press on a row's handle over the other rows until it ends. */
function followRows(down: globalThis.PointerEvent, list: HTMLElement, events: RowEvents): void {
  const ending = new AbortController();
  const { signal } = ending;
  const end = () => {
    ending.abort();
    events.end();
  };
  const move = ({ clientY }: globalThis.PointerEvent) => {
    for (const row of list.querySelectorAll<HTMLElement>('[data-field]')) {
      const { top, height } = row.getBoundingClientRect();
      if (clientY < top || clientY >= top + height) continue;
      const isAfter = clientY > top + height / 2;
      if (row.dataset.field !== undefined) events.over(row.dataset.field, isAfter ? 'after' : 'before');
    }
  };
  down.preventDefault();
  events.begin();
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', end, { signal });
  window.addEventListener('pointercancel', end, { signal });
}
