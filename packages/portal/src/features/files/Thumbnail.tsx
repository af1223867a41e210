import type { FileEntry } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { EntryIcon } from './EntryIcon.tsx';
import { hasThumbnail } from './fileKinds.ts';
import styles from './Thumbnail.module.css';

/** What is only scrolled past costs the device nothing. */
const WAIT_MS = 120;

/** A small picture of an entry, made on the device once the entry is on screen; its icon until then, and when there is none. */
export function Thumbnail({ entry, url }: { entry: FileEntry; url: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const wanted = hasThumbnail(entry) && failed !== url;
  useEffect(() => (wanted && place.current ? onceSeen(place.current, () => setShown(url)) : undefined), [wanted, url]);
  return (
    <span ref={place} className={styles.place}>
      {wanted && shown === url ? (
        <img className={styles.picture} src={url} alt="" draggable={false} onError={() => setFailed(url)} />
      ) : (
        <EntryIcon entry={entry} size={48} />
      )}
    </span>
  );
}

/** Calls `seen` when the element has been on screen for a moment. Returns what ends the wait. */
function onceSeen(element: Element, seen: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new IntersectionObserver((changes) => {
    clearTimeout(timer);
    if (changes.at(-1)?.isIntersecting) timer = setTimeout(seen, WAIT_MS);
  });
  observer.observe(element);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
