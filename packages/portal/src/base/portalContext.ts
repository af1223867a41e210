import { createContext, useContext } from 'react';
import type { Connection } from './connection.ts';
import type { Portal } from './portal.ts';

const PortalContext = createContext<Portal | undefined>(undefined);
const ConnectionContext = createContext<Connection | undefined>(undefined);

export const PortalProvider = PortalContext.Provider;
export const ConnectionProvider = ConnectionContext.Provider;

/** The page's `Portal`. */
export function usePortal(): Portal {
  return present(useContext(PortalContext));
}

/** The connection of the signed-in session; only inside the signed-in part of the page. */
export function useConnection(): Connection {
  return present(useContext(ConnectionContext));
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('used outside of its provider');
  return value;
}
