/** What an address says to show. */
export interface TerminalPlace {
  session: string | undefined;
  /** Where a new terminal is to begin. */
  folder: string | undefined;
}

/** The address of a device's terminals, or of one session. */
export function terminalUrl(deviceId: string, session?: string): string {
  const base = `/devices/${encodeURIComponent(deviceId)}/terminal`;
  return session === undefined ? base : `${base}/${session}`;
}

/** The address that begins a terminal in a folder. */
export function terminalHereUrl(deviceId: string, folder: string): string {
  return `${terminalUrl(deviceId)}?${new URLSearchParams({ folder: folder.toWellFormed() })}`;
}

/** What an address says; nonsense says nothing. */
export function readTerminalUrl(pathname: string, search: string): TerminalPlace {
  const session = /^\/devices\/[^/]+\/terminal\/([A-Za-z0-9_-]{16})$/.exec(pathname)?.[1];
  const folder = new URLSearchParams(search).get('folder') ?? undefined;
  return { session, folder: folder === '' ? undefined : folder };
}
