import type { FileEntry } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { EntryIcon } from './EntryIcon.tsx';
import { hasThumbnail } from './fileKinds.ts';
import styles from './Thumbnail.module.css';

/** What is only scrolled past costs the device nothing. */
const WAIT_MS = 120;

/** A small picture of an entry, made on the device; its icon until then, and when there is none. */
export function Thumbnail({ entry, url }: { entry: FileEntry; url: string }) {
  const [shown, setShown] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const wanted = hasThumbnail(entry) && failed !== url;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => setShown(url), WAIT_MS);
    return () => clearTimeout(timer);
  }, [wanted, url]);
  return (
    <span className={styles.place}>
      {wanted && shown === url ? (
        <img className={styles.picture} src={url} alt="" draggable={false} onError={() => setFailed(url)} />
      ) : (
        <EntryIcon entry={entry} size={48} />
      )}
    </span>
  );
}
