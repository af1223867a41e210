import type { HomeSettings } from '@porthole/protocol';
import { useState } from 'react';
import { canEnrol } from '../../base/can.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from './HomeKeeping.module.css';
import { PreferencesFileButtons } from './PreferencesFileButtons.tsx';
import type { HomePart } from './useHomeSettings.ts';

/** The default of the page: back to it, made for everybody; and everything as a file. */
export function HomeKeeping({ part, settings }: { part: HomePart; settings: HomeSettings }) {
  const { preferences, session } = useConnection();
  const [done, setDone] = useState<string>();
  const makeDefault = useAction(async () => {
    setDone(undefined);
    await preferences.setDefault(part, settings);
    setDone(texts.arrange.madeDefault);
  });
  return (
    <div className={styles.keeping}>
      <p className={styles.hint}>{part === 'homeWide' ? texts.arrange.wide : texts.arrange.narrow}</p>
      <button
        type="button"
        className={styles.action}
        disabled={!preferences.isOwn(part)}
        onClick={() => preferences.reset(part)}
      >
        {texts.arrange.reset}
      </button>
      {canEnrol(session) ? (
        <button type="button" className={styles.action} disabled={makeDefault.busy} onClick={() => makeDefault.run()}>
          {texts.arrange.makeDefault}
        </button>
      ) : null}
      <PreferencesFileButtons />
      <Problem>{makeDefault.error}</Problem>
      <p role="status" className={styles.hint}>
        {done}
      </p>
    </div>
  );
}
