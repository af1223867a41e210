import { Button, TextInput } from '@mantine/core';
import { PortholeError, type WebhookResult, webhook } from '@porthole/protocol';
import { type FormEvent, useEffect, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { AlertsApi } from './alertsApi.ts';
import styles from './WebhookForm.module.css';

/** For admins: where alerts are sent, within one's own network, and whether that works. */
export function WebhookForm() {
  const { api } = useConnection();
  const [saved, setSaved] = useState<string>();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [result, setResult] = useState<WebhookResult>();
  useEffect(() => {
    let wanted = true;
    new AlertsApi(api).webhook().then(
      ({ url }) => {
        if (!wanted) return;
        setSaved(url ?? '');
        setTyped(url ?? '');
      },
      (error: unknown) => wanted && setProblem(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [api]);
  const save = useAction(async () => {
    const url = typed.trim();
    const body = webhook.safeParse({ url: url === '' ? null : url });
    if (!body.success) throw new PortholeError('request.invalid', texts.alerts.webhookInvalid);
    await new AlertsApi(api).setWebhook(body.data);
    setSaved(url);
    setTyped(url);
    setResult(undefined);
  });
  const tryIt = useAction(async () => setResult(await new AlertsApi(api).testWebhook()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={texts.alerts.webhookUrl}
        description={texts.alerts.webhookWhat}
        placeholder="https://192.168.1.5:8443/alerts"
        disabled={saved === undefined}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" loading={save.busy} disabled={saved === undefined || typed.trim() === saved}>
          {texts.alerts.save}
        </Button>
        <Button
          variant="default"
          loading={tryIt.busy}
          disabled={!saved || typed.trim() !== saved}
          onClick={() => tryIt.run()}
        >
          {texts.alerts.webhookTest}
        </Button>
        <span role="status">{result ? describeResult(result) : ''}</span>
      </div>
      <Problem>{problem ?? save.error ?? tryIt.error}</Problem>
    </form>
  );
}

function describeResult({ ok, status, reason }: WebhookResult): string {
  if (ok) return texts.alerts.webhookOk;
  if (status !== undefined) return texts.alerts.webhookAnswered(status);
  return texts.alerts.webhookFailed(visibleText(reason ?? '', 200));
}
