import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import type { Store } from '../../base/store.ts';
import { texts } from '../../base/texts.ts';
import { AT_REST, type DragState, followDrag } from './deviceDrag.ts';
import { type LiftStep, liftStep } from './liftKeys.ts';
import { moveBeside } from './reorder.ts';

interface OrderOptions {
  /** What holds all devices, and hears what is done to them. */
  page: RefObject<HTMLElement | null>;
  drag: Store<DragState>;
  /** Whether devices may be moved. */
  isOn: boolean;
  columns: RefObject<number>;
  /** All devices in the user's own order. */
  order: readonly string[];
  /** Those of each list as they are shown. */
  lists: readonly (readonly string[])[];
}

/** The hub keeps at most as many. */
const MOST = 5_000;

/**
 * The user's own order of devices, changed by dragging them or, lifted at their handle, by the arrow keys. Returns what to
 * announce.
 */
export function useDeviceOrder(options: OrderOptions): string {
  const { preferences } = useConnection();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const save = useCallback((order: readonly string[]) => preferences.set('order', order.slice(0, MOST)), [preferences]);
  useFocusKept(options);
  usePointer(latest, save);
  return useKeys(latest, save);
}

type Save = (order: readonly string[]) => void;

function usePointer(latest: RefObject<OrderOptions>, save: Save): void {
  useEffect(() => {
    const element = latest.current.page.current;
    const pressed = (event: PointerEvent) => {
      const { isOn, drag, order } = latest.current;
      // Whoever takes the mouse has dropped what the keys had lifted.
      if (drag.get().by === 'keyboard') drag.set(AT_REST);
      if (!isOn || !mayDrag(event)) return;
      followDrag(event, {
        moved: (id, target) => drag.set({ by: 'pointer', id, target }),
        cancelled: () => drag.set(AT_REST),
        dropped: (id, target) => {
          drag.set(AT_REST);
          if (target) save(moveBeside(order, id, target.id, target.side));
        },
      });
    };
    element?.addEventListener('pointerdown', pressed);
    return () => element?.removeEventListener('pointerdown', pressed);
  }, [latest, save]);
}

function useKeys(latest: RefObject<OrderOptions>, save: Save): string {
  const { devices } = useConnection();
  const [said, setSaid] = useState('');
  const before = useRef<readonly string[]>(undefined);
  useEffect(() => {
    const element = latest.current.page.current;
    const act = (id: string, step: LiftStep, count: number) => {
      const { drag, order } = latest.current;
      const name = visibleText(devices.device(id).get()?.name ?? '');
      setSaid(announcement(step, name, count));
      if (step.kind === 'lift') before.current = order;
      if (step.kind === 'move') save(step.order);
      if (step.kind === 'back' && before.current) save(before.current);
      if (step.kind === 'lift') drag.set({ by: 'keyboard', id });
      else if (step.kind === 'drop' || step.kind === 'back') drag.set(AT_REST);
    };
    const pressed = (event: KeyboardEvent) => {
      const { isOn, drag, order, lists, columns } = latest.current;
      const id = handleOf(event.target);
      if (!isOn || id === undefined) return;
      const list = lists.find((one) => one.includes(id)) ?? [];
      const isLifted = drag.get().by === 'keyboard';
      const step = liftStep(event.key, { id, isLifted, order, list, columns: columns.current });
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      act(id, step, list.length);
    };
    const left = ({ relatedTarget }: FocusEvent) => {
      // Without a target it only moves to its new place in the page.
      if (relatedTarget && latest.current.drag.get().by === 'keyboard') latest.current.drag.set(AT_REST);
    };
    element?.addEventListener('keydown', pressed);
    element?.addEventListener('focusout', left);
    return () => {
      element?.removeEventListener('keydown', pressed);
      element?.removeEventListener('focusout', left);
    };
  }, [latest, save, devices]);
  return said;
}

function announcement(step: LiftStep, name: string, count: number): string {
  const words = texts.arrange;
  switch (step.kind) {
    case 'lift':
      return words.lifted(name, step.place, count);
    case 'drop':
      return words.dropped(name, step.place, count);
    case 'move':
      return words.movedTo(step.place, count);
    case 'back':
      return words.putBack(name);
    case 'stay':
      return '';
  }
}

function mayDrag({ button, pointerType, target }: PointerEvent): boolean {
  if (button !== 0 || !(target instanceof Element)) return false;
  if (target.closest('[data-grip]')) return true;
  return pointerType === 'mouse' && !target.closest('button, input');
}

function handleOf(target: EventTarget | null): string | undefined {
  const grip = target instanceof Element ? target.closest('[data-grip]') : null;
  return grip?.closest<HTMLElement>('[data-device]')?.dataset.device;
}

/** A lifted device keeps the keyboard and stays in sight while others take its place. */
function useFocusKept({ page, drag, order }: OrderOptions): void {
  useEffect(() => {
    const state = drag.get();
    if (state.by !== 'keyboard' || order.length === 0) return;
    const item = page.current?.querySelector(`[data-device="${CSS.escape(state.id)}"]`);
    const grip = item?.querySelector<HTMLElement>('[data-grip]');
    if (grip && document.activeElement !== grip) grip.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'nearest' });
  }, [page, drag, order]);
}
