/** A file of the browser's machine with where it goes: `path` below the folder that it is uploaded to, with `/`. */
export interface PickedFile {
  path: string;
  file: File;
}

/** What was dropped: files, and the folders that hold nothing, which no file would make. Paths with `/`. */
export interface Dropped {
  files: readonly PickedFile[];
  emptyFolders: readonly string[];
}

/** The files of a picker; those of a folder keep their place in it. */
export function pickedFiles(files: FileList | null): PickedFile[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** A folder can hold more than any list here should. */
const MAX_FILES = 100_000;

/**
 * What is in a drop, with everything below dropped folders. Must be called in the drop itself: afterwards the browser
 * has forgotten them. What cannot be read is left out.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const found: PickedFile[] = [];
  const emptyFolders: string[] = [];
  const waiting: { entry: FileSystemEntry; folder: string }[] = [];
  for (const item of transfer.items) {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    // What was never in a file system, such as a picture dragged out of a page, has no entry.
    const file = item.kind === 'file' && !entry ? item.getAsFile() : null;
    if (entry) waiting.push({ entry, folder: '' });
    else if (file) found.push({ path: file.name, file });
  }
  for (let next = waiting.shift(); next && found.length + emptyFolders.length < MAX_FILES; next = waiting.shift()) {
    const path = `${next.folder}${next.entry.name}`;
    const file = isFile(next.entry) ? await fileOf(next.entry) : undefined;
    if (file) found.push({ path, file });
    if (isDirectory(next.entry)) {
      const entries = await entriesOf(next.entry);
      if (entries.length === 0) emptyFolders.push(path);
      for (const entry of entries) waiting.push({ entry, folder: `${path}/` });
    }
  }
  return { files: found, emptyFolders };
}

/** The folders to make one after the other so that all of `paths` are there: those on the way first, each once. */
export function foldersToMake(paths: readonly string[]): string[] {
  const all = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) all.add(parts.slice(0, depth).join('/'));
  }
  return [...all];
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A reader tells a hundred or so at a time, and then none.
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
