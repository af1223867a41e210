import { Button, Switch } from '@mantine/core';
import type { AlertRule } from '@porthole/protocol';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { visibleText } from '../../base/format.ts';
import { IconButton } from '../../base/IconButton.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './AlertsPage.module.css';
import { AlertsApi } from './alertsApi.ts';
import { describeRule } from './describeAlert.ts';
import { RuleDialog } from './RuleDialog.tsx';

/** What is watched for: rules, each of which can be switched off, changed and taken away. */
export function RuleList() {
  const { rules, read, error } = useRules();
  const [editing, setEditing] = useState<AlertRule | 'new'>();
  const [removed, setRemoved] = useState<AlertRule>();
  const removedNow = (rule: AlertRule) => {
    setRemoved(rule);
    return read();
  };
  return (
    <section className={styles.part} aria-label={texts.alerts.rules}>
      <header className={styles.head}>
        <h2>{texts.alerts.rules}</h2>
        <Button variant="default" onClick={() => setEditing('new')}>
          {texts.alerts.addRule}
        </Button>
      </header>
      <Problem>{error}</Problem>
      <ul className={styles.list}>
        {rules?.map((rule) => (
          <RuleLine key={rule.id} rule={rule} changed={read} edit={() => setEditing(rule)} removed={removedNow} />
        ))}
      </ul>
      <div role="status">
        {removed === undefined ? null : (
          <RemovedLine key={removed.id} rule={removed} changed={read} done={() => setRemoved(undefined)} />
        )}
      </div>
      {editing === undefined ? null : (
        <RuleDialog rule={editing === 'new' ? undefined : editing} saved={read} onClose={() => setEditing(undefined)} />
      )}
    </section>
  );
}

interface RuleLineProps {
  rule: AlertRule;
  /** It is another now. */
  changed(): Promise<void>;
  edit(): void;
  /** It is none any more. */
  removed(rule: AlertRule): Promise<void>;
}

function RuleLine({ rule, changed, edit, removed }: RuleLineProps) {
  const { api } = useConnection();
  const { id, ...body } = rule;
  const toggle = useAction(async (enabled: boolean) => {
    await new AlertsApi(api).saveRule({ ...body, enabled }, id);
    await changed();
  });
  const remove = useAction(async () => {
    await new AlertsApi(api).removeRule(id);
    await removed(rule);
  });
  const what = describeRule(rule);
  return (
    <li className={`${styles.line} ${styles.rule}`} data-off={!rule.enabled || undefined}>
      <Switch
        aria-label={texts.alerts.enabledOf(what)}
        checked={rule.enabled}
        disabled={toggle.busy}
        onChange={(event) => toggle.run(event.currentTarget.checked)}
      />
      <span className={styles.what}>
        <span>{what}</span>
        <ScopeName scope={rule.scope} />
        <Problem>{toggle.error ?? remove.error}</Problem>
      </span>
      <span className={styles.actions}>
        <IconButton
          size={28}
          label={texts.alerts.editOf(what)}
          title={texts.alerts.edit}
          onClick={edit}
          icon={<IconPencil size={16} aria-hidden />}
        />
        <IconButton
          size={28}
          label={texts.alerts.removeOf(what)}
          title={texts.alerts.remove}
          disabled={remove.busy}
          onClick={() => remove.run()}
          icon={<IconTrash size={16} aria-hidden />}
        />
      </span>
    </li>
  );
}

interface RemovedLineProps {
  rule: AlertRule;
  /** It is back. */
  changed(): Promise<void>;
  /** There is nothing more to bring back. */
  done(): void;
}

/** Instead of a question before: a rule that was taken away can be brought back until another one is, or the page is left. */
function RemovedLine({ rule, changed, done }: RemovedLineProps) {
  const { api } = useConnection();
  const { id: _, ...body } = rule;
  const undo = useAction(async () => {
    await new AlertsApi(api).saveRule(body);
    done();
    await changed();
  });
  return (
    <div className={`${styles.line} ${styles.rule}`}>
      <span className={`${styles.what} ${styles.dim}`}>
        {texts.alerts.removed(describeRule(rule))}
        <Problem>{undo.error}</Problem>
      </span>
      <Button variant="default" size="compact-sm" loading={undo.busy} onClick={() => undo.run()}>
        {texts.alerts.undo}
      </Button>
    </div>
  );
}

function ScopeName({ scope }: { scope: AlertRule['scope'] }) {
  const list = useStore(useConnection().devices.list);
  if (scope.kind === 'all') return <span className={styles.dim}>{texts.alerts.allDevices}</span>;
  if (scope.kind === 'group')
    return <span className={styles.dim}>{texts.alerts.groupOf(visibleText(scope.group, 64))}</span>;
  const name = list?.find(({ id }) => id === scope.device)?.name;
  return <span className={styles.dim}>{name === undefined ? texts.alerts.removedDevice : visibleText(name)}</span>;
}

function useRules() {
  const { api } = useConnection();
  const [rules, setRules] = useState<AlertRule[]>();
  const [error, setError] = useState<string>();
  const read = useCallback(async () => {
    setRules(await new AlertsApi(api).rules());
    setError(undefined);
  }, [api]);
  useEffect(() => void read().catch((reason: unknown) => setError(sentenceOf(reason))), [read]);
  return { rules, read, error };
}
