const TYPE = 'application/x-porthole-files';

/** Entries of a device on their way to another folder. */
export interface DraggedFiles {
  deviceId: string;
  paths: readonly string[];
}

/** Puts entries on a drag. */
export function setDragged(transfer: DataTransfer, dragged: DraggedFiles): void {
  transfer.setData(TYPE, JSON.stringify(dragged));
  transfer.effectAllowed = 'copyMove';
}

/** What a drag carries, as far as it can be told before it is dropped. */
export function dragCarries(transfer: DataTransfer): 'entries' | 'files' | undefined {
  if (transfer.types.includes(TYPE)) return 'entries';
  return transfer.types.includes('Files') ? 'files' : undefined;
}

/** The entries on a drop; undefined when there are none, or the drag was somebody else's. */
export function readDragged(transfer: Pick<DataTransfer, 'getData'>): DraggedFiles | undefined {
  try {
    const value: unknown = JSON.parse(transfer.getData(TYPE));
    if (typeof value !== 'object' || value === null || !('deviceId' in value) || !('paths' in value)) return undefined;
    const { deviceId, paths } = value;
    if (typeof deviceId !== 'string' || !Array.isArray(paths) || paths.length === 0) return undefined;
    return paths.every((path) => typeof path === 'string') ? { deviceId, paths } : undefined;
  } catch {
    return undefined;
  }
}
