import { Store } from '../../base/store.ts';
import { useStore } from '../../base/useStore.ts';
import { type FilesPreferences, keepPreferences, readPreferences } from './filesPreferences.ts';

let store: Store<FilesPreferences> | undefined;

/** How folders are shown, the same in every pane, and how to change that. */
export function useFilesPreferences(): [FilesPreferences, (part: Partial<FilesPreferences>) => void] {
  store ??= new Store(readPreferences(localStorage));
  const kept = store;
  const preferences = useStore(kept);
  return [
    preferences,
    (part) => {
      kept.patch(part);
      keepPreferences(localStorage, kept.get());
    },
  ];
}
