import type { Drive, Places } from '@porthole/protocol';

export type Folder = Places['folders'][number];

/** Folders and drives with every place once: a drive says more of it than a folder, the first folder more than the others. */
export function arrangePlaces({ folders, drives }: Pick<Places, 'folders' | 'drives'>): {
  folders: Folder[];
  drives: Drive[];
} {
  const seen = new Set(drives.map(({ path }) => path));
  const own = folders.filter(({ path }) => {
    const isNew = !seen.has(path);
    seen.add(path);
    return isNew;
  });
  return { folders: own, drives: [...drives] };
}
