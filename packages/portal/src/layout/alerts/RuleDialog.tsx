import { Button, TextInput } from '@mantine/core';
import { ALERT_KINDS, type AlertRule, PortholeError } from '@porthole/protocol';
import { type FormEvent, useId, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useStore } from '../../base/useStore.ts';
import { AlertsApi } from './alertsApi.ts';
import styles from './RuleDialog.module.css';
import { draftOf, hasThreshold, NEW_RULE, ofKind, type RuleDraft, ruleOf } from './ruleDraft.ts';

interface RuleDialogProps {
  /** Undefined for a new one. */
  rule: AlertRule | undefined;
  saved(): Promise<void>;
  onClose(): void;
}

/** What to watch for, where, and for how long. */
export function RuleDialog({ rule, saved, onClose }: RuleDialogProps) {
  const { api } = useConnection();
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOf(rule) : NEW_RULE));
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = useAction(async () => {
    const body = ruleOf(draft);
    if (!body) throw new PortholeError('request.invalid', texts.alerts.incomplete);
    await new AlertsApi(api).saveRule(body, rule?.id);
    await saved();
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run();
  };
  return (
    <Dialog title={rule ? texts.alerts.editTitle : texts.alerts.addTitle} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Select
          label={texts.alerts.kind}
          value={draft.kind}
          options={ALERT_KINDS.map((kind) => [kind, texts.alerts.kinds[kind]])}
          choose={(value) => setDraft(ofKind(draft, ALERT_KINDS.find((kind) => kind === value) ?? draft.kind))}
        />
        {draft.kind === 'process' ? (
          <TextInput
            label={texts.alerts.process}
            description={texts.alerts.processWhat}
            maxLength={64}
            value={draft.process}
            onChange={(event) => change({ process: event.currentTarget.value })}
          />
        ) : null}
        {hasThreshold(draft.kind) ? (
          <TextInput
            label={draft.kind === 'temperature' ? texts.alerts.degrees : texts.alerts.percent}
            inputMode="decimal"
            value={draft.threshold}
            onChange={(event) => change({ threshold: event.currentTarget.value })}
          />
        ) : null}
        <TextInput
          label={texts.alerts.forMinutes}
          description={draft.kind === 'offline' ? texts.alerts.offlineWhat : texts.alerts.clearsWhat}
          inputMode="decimal"
          value={draft.minutes}
          onChange={(event) => change({ minutes: event.currentTarget.value })}
        />
        <Scope value={draft.scope} choose={(scope) => change({ scope })} />
        <Problem>{save.error}</Problem>
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {texts.alerts.cancel}
          </Button>
          <Button type="submit" loading={save.busy}>
            {texts.alerts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** All devices, those of a group, or one. */
function Scope({ value, choose }: { value: string; choose(scope: string): void }) {
  const list = useStore(useConnection().devices.list) ?? [];
  const groups = [...new Set(list.flatMap(({ profile }) => profile.group ?? []))].sort((a, b) =>
    a.localeCompare(b, texts.locale),
  );
  const options = [
    ['all', texts.alerts.allDevices] as const,
    ...groups.map((group) => [`group:${group}`, texts.alerts.groupOf(visibleText(group, 64))] as const),
    ...list.map(({ id, name }) => [`device:${id}`, visibleText(name)] as const),
  ];
  const isOffered = options.some(([each]) => each === value);
  return (
    <Select
      label={texts.alerts.where}
      value={value}
      options={isOffered ? options : [...options, [value, visibleText(value.slice(value.indexOf(':') + 1), 64)]]}
      choose={choose}
    />
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  choose(value: string): void;
}

function Select({ label, value, options, choose }: SelectProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
