import { Store } from '../../base/store.ts';

/** What was copied or cut in the portal, until it is pasted somewhere. */
export interface FileClipboard {
  deviceId: string;
  paths: readonly string[];
  kind: 'copy' | 'move';
}

/** One for the page, so that what is cut in one pane can be pasted in another. */
export const fileClipboard = new Store<FileClipboard | undefined>(undefined);
