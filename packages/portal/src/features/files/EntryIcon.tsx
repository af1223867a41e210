import type { FileEntry } from '@porthole/protocol';
import {
  type Icon,
  IconFile,
  IconFileMusic,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconFolderFilled,
  IconLink,
  IconLinkOff,
  IconMovie,
  IconPhoto,
} from '@tabler/icons-react';
import styles from './EntryIcon.module.css';
import { type Category, categoryOf } from './fileKinds.ts';

const ICONS: Record<Category, Icon> = {
  folder: IconFolderFilled,
  image: IconPhoto,
  video: IconMovie,
  audio: IconFileMusic,
  pdf: IconFileTypePdf,
  text: IconFileText,
  archive: IconFileZip,
  other: IconFile,
};

/** What an entry is, at a glance; the words stand beside it. */
export function EntryIcon({ entry, size }: { entry: FileEntry; size: number }) {
  const category = categoryOf(entry);
  const Shape = ICONS[category];
  const Mark = entry.target === 'missing' ? IconLinkOff : IconLink;
  return (
    <span className={styles.icon} data-category={category}>
      <Shape size={size} aria-hidden />
      {entry.kind === 'link' ? <Mark size={12} className={styles.mark} aria-hidden /> : null}
    </span>
  );
}
