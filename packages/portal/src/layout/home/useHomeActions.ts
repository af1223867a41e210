import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { Store } from '../../base/store.ts';
import { AT_REST, type DragState } from './deviceDrag.ts';
import type { HomeActions } from './homeContext.ts';
import { extendTo, NOTHING, type Selection, toggle, without } from './selection.ts';
import { useSelectionKeys } from './useSelectionKeys.ts';

/** A device's menu that is open. */
export interface OpenMenu {
  id: string;
  button: HTMLElement;
}

/** What can be done from the items of the page; `lists` are the ids of each section as it is shown. */
export function useHomeActions(lists: readonly (readonly string[])[]) {
  const { preferences, devices } = useConnection();
  const [menu, setMenu] = useState<OpenMenu>();
  const selection = useMemo(() => new Store<Selection>(NOTHING), []);
  const drag = useMemo(() => new Store<DragState>(AT_REST), []);
  const latest = useRef(lists);
  useEffect(() => {
    latest.current = lists;
  });
  const shown = useCallback(() => [...new Set(latest.current.flat())], []);
  useSelectionKeys(selection, shown);
  // What was removed meanwhile is not chosen any more.
  useEffect(
    () =>
      devices.list.subscribe(() => {
        selection.set(without(selection.get(), (id) => devices.device(id).get() !== undefined));
      }),
    [devices, selection],
  );
  const actions: HomeActions = useMemo(
    () => ({
      selection,
      drag,
      select: (id, range) => {
        const before = selection.get();
        selection.set(range ? extendTo(before, id, shown()) : toggle(before, id));
      },
      setFavourite: (id, on) =>
        preferences.change('favourites', (all) =>
          [...all.filter((one) => one !== id), ...(on ? [id] : [])].slice(-MOST),
        ),
      openMenu: (id, button) => setMenu({ id, button }),
    }),
    [selection, drag, shown, preferences],
  );
  const closeMenu = useCallback(() => setMenu(undefined), []);
  return { actions, menu, closeMenu, shown };
}

/** The hub keeps at most as many favourites. */
const MOST = 2_000;
