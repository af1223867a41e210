import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useStore } from '../base/useStore.ts';
import styles from './UnsavedNotice.module.css';

/** Says on any page that what the user prefers could not be saved, and tries again. Nothing while all is well. */
export function UnsavedNotice() {
  const { preferences } = useConnection();
  const problem = useStore(preferences.problem);
  return (
    <div role="alert" className={styles.place}>
      {problem === undefined ? null : (
        <p className={styles.notice}>
          <span title={problem}>{texts.arrange.unsaved}</span>{' '}
          <button type="button" onClick={() => void preferences.flush()}>
            {texts.arrange.retry}
          </button>
        </p>
      )}
    </div>
  );
}
