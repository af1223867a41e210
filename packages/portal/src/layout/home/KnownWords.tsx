import { useMemo } from 'react';
import { compareNatural } from '../../base/compareNatural.ts';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './KnownWords.module.css';
import { splitTags } from './profileDraft.ts';

/** The groups there are, offered by the browser to the field whose `list` is `KnownGroups.id`. */
export function KnownGroups() {
  const groups = useKnown(groupsOf);
  return (
    <datalist id={KnownGroups.id}>
      {groups.map((group) => (
        <option key={group} value={group} />
      ))}
    </datalist>
  );
}
KnownGroups.id = 'known-groups';

/** The tags there are and the field lacks: pressed, they are in it. */
export function KnownTags({ tags, set }: { tags: string; set: (tags: string) => void }) {
  const known = useKnown(tagsOf);
  const present = splitTags(tags);
  const missing = known.filter((tag) => !present.includes(tag)).slice(0, MOST);
  if (missing.length === 0) return null;
  return (
    <div className={styles.known}>
      {missing.map((tag) => (
        <button key={tag} type="button" onClick={() => set([...present, tag].join(', '))}>
          + {visibleText(tag, 32)}
        </button>
      ))}
    </div>
  );
}

const MOST = 12;

function useKnown(wordsOf: (device: DeviceSummary) => readonly string[]): readonly string[] {
  const list = useStore(useConnection().devices.list);
  return useMemo(() => [...new Set(list?.flatMap(wordsOf))].sort(compareNatural), [list, wordsOf]);
}

function groupsOf({ profile }: DeviceSummary): readonly string[] {
  return profile.group === null ? [] : [profile.group];
}

function tagsOf({ profile }: DeviceSummary): readonly string[] {
  return profile.tags;
}
