import type { HomeField, HomeSettings } from '@porthole/protocol';
import { createContext, useContext } from 'react';
import type { Store } from '../../base/store.ts';
import type { DragState } from './deviceDrag.ts';
import type { Selection } from './selection.ts';

/** What every card, row and tile can do. The same object for as long as the page is there. */
export interface HomeActions {
  selection: Store<Selection>;
  /** The device that is being moved, and where to. */
  drag: Store<DragState>;
  /** Chooses one more or one less; with `range`, all from the last one to it. */
  select(id: string, range: boolean): void;
  setFavourite(id: string, on: boolean): void;
  /** Opens the device's menu at its button. */
  openMenu(id: string, button: HTMLElement): void;
}

/** What the items of a view have in common. */
export interface ItemProps {
  id: string;
  /** Its place among those of its list, from 1: only a part of a long list is in the page. */
  position: number;
  total: number;
  fields: readonly HomeField[];
  /** It has a handle to be moved by. */
  isMovable: boolean;
  isFavourite: boolean;
}

export type ChangeHome = (part: Partial<HomeSettings>) => void;

const HomeContext = createContext<HomeActions | undefined>(undefined);
export const HomeProvider = HomeContext.Provider;

/** What cards can do; only inside the home page. */
export function useHome(): HomeActions {
  const actions = useContext(HomeContext);
  if (!actions) throw new Error('used outside of the home page');
  return actions;
}
