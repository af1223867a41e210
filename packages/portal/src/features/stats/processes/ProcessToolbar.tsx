import { IconBinaryTree2, IconSearch } from '@tabler/icons-react';
import { texts } from '../../../base/texts.ts';
import type { Arrangement } from './orderProcesses.ts';
import styles from './ProcessToolbar.module.css';

interface ProcessToolbarProps {
  arrangement: Arrangement;
  arrange(part: Partial<Arrangement>): void;
  shown: number;
  total: number | undefined;
  /** Asks before it ends the chosen process; left out for those who may not. */
  end?: (kill: boolean) => void;
  chosen?: boolean;
}

/** What to look for, how to show it, and what to do with the chosen one. */
export function ProcessToolbar({ arrangement, arrange, shown, total, end, chosen = false }: ProcessToolbarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label={texts.health.processes}>
      <label className={styles.search}>
        <IconSearch size={16} aria-hidden />
        <input
          type="search"
          aria-label={texts.health.filter}
          placeholder={texts.health.filterHint}
          value={arrangement.filter}
          onChange={(event) => arrange({ filter: event.currentTarget.value })}
        />
      </label>
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={arrangement.tree}
        title={texts.health.tree}
        onClick={() => arrange({ tree: !arrangement.tree })}
      >
        <IconBinaryTree2 size={16} aria-hidden />
        <span>{texts.health.tree}</span>
      </button>
      <span className={styles.count} role="status">
        {total === undefined ? '' : texts.health.processCount(shown, total)}
      </span>
      {end ? (
        <>
          <button type="button" className={styles.act} disabled={!chosen} onClick={() => end(false)}>
            {texts.health.end}
          </button>
          <button type="button" className={styles.act} data-hard disabled={!chosen} onClick={() => end(true)}>
            {texts.health.kill}
          </button>
        </>
      ) : null}
    </div>
  );
}
