import { createContext, useContext } from 'react';
import type { Readable } from './store.ts';
import { useStore } from './useStore.ts';

/** Where a panel stands among what it can show, as the address of the page would say it. */
export interface PanelAddress {
  /** Still encoded. */
  pathname: string;
  search: string;
  /** What the panel itself put into the browser's history with it. */
  state: unknown;
}

/** A panel's place in a workspace. */
export interface PanelPlace {
  /** The panel's own address: that of the page while it is in front, and what it was last otherwise. */
  readonly address: Readable<PanelAddress>;
  /** It can be seen: its workspace is on the page, and nothing lies over it. */
  readonly shown: Readable<boolean>;
  /** It is the one in front: what the address of the page, the header and the keyboard speak of. */
  readonly active: Readable<boolean>;
  /** Goes to another address of the panel, which is the page's as well while the panel is in front. */
  navigate(url: string, options?: { replace?: boolean; state?: unknown }): void;
}

const PanelContext = createContext<PanelPlace | undefined>(undefined);

export const PanelProvider = PanelContext.Provider;

/** The place of the panel that the component is in. */
export function usePanel(): PanelPlace {
  const place = useContext(PanelContext);
  if (!place) throw new Error('used outside of a panel');
  return place;
}

/** Whether the panel can be seen. What nobody sees lets its channels go, and keeps what it has on the page. */
export function usePanelShown(): boolean {
  return useStore(usePanel().shown);
}

/** Whether the panel is the one in front. */
export function usePanelActive(): boolean {
  return useStore(usePanel().active);
}

/** Where the panel stands, followed, and how to go elsewhere. */
export function usePanelAddress(): PanelAddress & Pick<PanelPlace, 'navigate'> {
  const place = usePanel();
  return { ...useStore(place.address), navigate: place.navigate };
}
