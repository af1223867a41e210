import { PlaceMessage } from '../../base/PlaceMessage.tsx';
import { texts } from '../../base/texts.ts';
import styles from './FolderMessage.module.css';

interface FolderMessageProps {
  kind: 'loading' | 'empty' | 'onlyHidden' | 'failed' | 'offline' | 'off' | 'denied' | 'noMatch';
  /** More about it. */
  what?: string | undefined;
  act?: { label: string; run: () => void } | undefined;
}

/** What is said where entries would be. */
export function FolderMessage({ kind, what, act }: FolderMessageProps) {
  const { state } = texts.files;
  if (kind === 'loading') return <Skeleton />;
  const title = kind === 'noMatch' ? undefined : state[kind];
  return <PlaceMessage title={title} what={what} act={act} failed={kind === 'failed'} />;
}

/** Shows only when it takes its time. */
function Skeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={texts.files.state.loading}>
      {[1, 2, 3, 4, 5, 6].map((line) => (
        <div key={line} />
      ))}
    </div>
  );
}
