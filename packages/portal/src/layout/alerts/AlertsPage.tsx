import { Button } from '@mantine/core';
import type { Alert } from '@porthole/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { usePageTitle } from '../../base/usePageTitle.ts';
import { useStore } from '../../base/useStore.ts';
import { AlertLine } from './AlertLine.tsx';
import styles from './AlertsPage.module.css';
import { AlertsApi } from './alertsApi.ts';
import { RuleList } from './RuleList.tsx';
import { WebhookForm } from './WebhookForm.tsx';

/** What is on, what was, what is watched for, and whom it is told. */
export function AlertsPage() {
  const { alerts, session } = useConnection();
  const on = useStore(alerts.on);
  usePageTitle(texts.alerts.title);
  return (
    <div className={styles.page}>
      <h1>{texts.alerts.title}</h1>
      <section className={styles.part} aria-label={texts.alerts.on}>
        <h2>{texts.alerts.on}</h2>
        {on?.length === 0 ? <p className={styles.dim}>{texts.alerts.noneOn}</p> : null}
        <ul className={styles.list}>
          {on?.map((alert) => (
            <AlertLine key={alert.id} alert={alert} />
          ))}
        </ul>
      </section>
      <Past on={on} />
      {session.role === 'admin' ? (
        <>
          <RuleList />
          <section className={styles.part} aria-label={texts.alerts.webhook}>
            <h2>{texts.alerts.webhook}</h2>
            <WebhookForm />
          </section>
        </>
      ) : null}
    </div>
  );
}

/** What is over, page by page; read again whenever something ends. */
function Past({ on }: { on: readonly Alert[] | undefined }) {
  const { past, more, error } = usePast(on);
  return (
    <section className={styles.part} aria-label={texts.alerts.past}>
      <h2>{texts.alerts.past}</h2>
      <Problem>{error}</Problem>
      {past?.length === 0 ? <p className={styles.dim}>{texts.alerts.nonePast}</p> : null}
      <ul className={styles.list}>
        {past?.map((alert) => (
          <AlertLine key={alert.id} alert={alert} />
        ))}
      </ul>
      {more ? (
        <div>
          <Button variant="default" onClick={more}>
            {texts.alerts.earlier}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function usePast(on: readonly Alert[] | undefined) {
  const { api } = useConnection();
  const [past, setPast] = useState<Alert[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<string>();
  // Of two answers under way the one that was asked for last counts.
  const asked = useRef(0);
  const read = useCallback(
    (before: string | undefined) => {
      asked.current += 1;
      const question = asked.current;
      new AlertsApi(api).past(before).then(
        (page) => {
          if (question !== asked.current) return;
          setPast((known) => (before === undefined ? page.alerts : [...(known ?? []), ...page.alerts]));
          setNext(page.next);
          setError(undefined);
        },
        (reason: unknown) => question === asked.current && setError(sentenceOf(reason)),
      );
    },
    [api],
  );
  useEffect(() => {
    if (on !== undefined) read(undefined);
  }, [on, read]);
  return { past, error, more: next === undefined ? undefined : () => read(next) };
}
