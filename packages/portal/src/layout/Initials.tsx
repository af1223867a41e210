import type { Viewer } from '@porthole/protocol';
import { initials, visibleText } from '../base/format.ts';
import { texts } from '../base/texts.ts';
import styles from './Initials.module.css';

const SHOWN = 3;

/** Who is watching, as initials; whoever is in control is filled and named first. Nothing when nobody watches. */
export function Initials({ viewers }: { viewers: readonly Viewer[] }) {
  if (viewers.length === 0) return null;
  const ordered = viewers.toSorted((a, b) => Number(b.controlling) - Number(a.controlling) || a.since - b.since);
  const names = ordered.map((viewer) =>
    viewer.controlling ? `${visibleText(viewer.user)} (${texts.viewers.controls})` : visibleText(viewer.user),
  );
  const label = texts.device.viewers(names.join(', '));
  return (
    <span className={styles.row} role="img" aria-label={label} title={label}>
      {ordered.slice(0, SHOWN).map((viewer) => (
        <span key={viewer.id} className={styles.one} data-controlling={viewer.controlling || undefined}>
          {initials(viewer.user)}
        </span>
      ))}
      {ordered.length > SHOWN ? <span className={styles.one}>{texts.viewers.more(ordered.length - SHOWN)}</span> : null}
    </span>
  );
}
