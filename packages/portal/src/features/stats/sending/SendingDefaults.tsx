import type { ScreenSettings, SendingSettings } from '@porthole/protocol';
import { useEffect, useMemo, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { StatsApi } from '../statsApi.ts';
import { ScreenFields } from './ScreenFields.tsx';
import { SendingFields } from './SendingFields.tsx';
import styles from './SendingView.module.css';
import { useOptimistic } from './useOptimistic.ts';

interface Defaults {
  sending: SendingSettings;
  screen: ScreenSettings;
}

/** What all devices send that nobody set anything else for. For the page of settings; those who may not change it see it. */
export function SendingDefaults() {
  const { api, session } = useConnection();
  const stats = useMemo(() => new StatsApi(api), [api]);
  const [defaults, setDefaults] = useState<Defaults>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let wanted = true;
    Promise.all([stats.sendingDefaults(), stats.screenDefaults()]).then(
      ([sending, screen]) => wanted && setDefaults({ sending, screen }),
      (reason: unknown) => wanted && setError(sentenceOf(reason)),
    );
    return () => {
      wanted = false;
    };
  }, [stats]);
  if (!defaults) return <Problem>{error}</Problem>;
  return <Form defaults={defaults} stats={stats} taken={setDefaults} may={session.role === 'admin'} />;
}

interface FormProps {
  defaults: Defaults;
  stats: StatsApi;
  taken(defaults: Defaults): void;
  may: boolean;
}

function Form({ defaults, stats, taken, may }: FormProps) {
  const sending = useOptimistic(defaults.sending, async (next) => {
    await stats.setSendingDefaults(next);
    taken({ ...defaults, sending: next });
  });
  const screen = useOptimistic(defaults.screen, async (next) => {
    await stats.setScreenDefaults(next);
    taken({ ...defaults, screen: next });
  });
  return (
    <div className={styles.defaults}>
      <p className={styles.what}>{texts.sending.defaultsWhat}</p>
      <Problem>{sending.error ?? screen.error}</Problem>
      <div className={styles.groups}>
        <SendingFields value={sending.shown} change={sending.change} disabled={!may} />
        <ScreenFields value={screen.shown} change={screen.change} disabled={!may} />
      </div>
    </div>
  );
}
