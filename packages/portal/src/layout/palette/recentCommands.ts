const KEY = 'porthole.palette';
const MOST = 20;

/** The ids of the commands that were used lately in this browser, the latest first. */
export function readRecent(storage: Pick<Storage, 'getItem'>): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Remembers one; false where the browser keeps nothing. */
export function noteRecent(storage: Pick<Storage, 'getItem' | 'setItem'>, id: string): boolean {
  try {
    const others = readRecent(storage).filter((each) => each !== id);
    storage.setItem(KEY, JSON.stringify([id, ...others].slice(0, MOST)));
    return true;
  } catch {
    return false;
  }
}
