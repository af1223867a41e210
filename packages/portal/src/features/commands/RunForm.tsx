import { Button, TextInput } from '@mantine/core';
import { MAX_SCRIPT } from '@porthole/protocol';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { type Draft, requestOf } from './draft.ts';
import styles from './RunPage.module.css';
import { SaveDialog } from './SaveDialog.tsx';
import { splitCommand } from './splitCommand.ts';

interface RunFormProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
  chosen: ReadonlySet<string>;
  busy: boolean;
  error: string | undefined;
  run(): void;
  saved(): void;
}

/** What to run: a program with its arguments, or a script. */
export function RunForm({ draft, change, chosen, busy, error, run, saved }: RunFormProps) {
  const { form } = texts.commands;
  const [saving, setSaving] = useState(false);
  const isReady = requestOf(draft, [...chosen]) !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) run();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.row} role="radiogroup" aria-label={form.kind}>
        {(['argv', 'script'] as const).map((kind) => (
          <label key={kind} className={styles.kind} data-on={draft.kind === kind || undefined}>
            <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
            {form[kind]}
          </label>
        ))}
      </div>
      {draft.kind === 'argv' ? (
        <ArgvFields draft={draft} change={change} />
      ) : (
        <ScriptFields draft={draft} change={change} />
      )}
      <MoreFields draft={draft} change={change} />
      <Problem>{error}</Problem>
      <div className={styles.actions}>
        <Button variant="default" disabled={!isReady} onClick={() => setSaving(true)}>
          {form.save}
        </Button>
        <Button type="submit" loading={busy} disabled={!isReady} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
          {form.run}
        </Button>
      </div>
      {saving ? <SaveDialog draft={draft} saved={saved} close={() => setSaving(false)} /> : null}
    </form>
  );
}

type FieldsProps = Pick<RunFormProps, 'draft' | 'change'>;

function ArgvFields({ draft, change }: FieldsProps) {
  const { form } = texts.commands;
  return (
    <>
      <TextInput
        label={form.command}
        description={form.commandWhat}
        classNames={{ input: styles.mono ?? '' }}
        value={draft.command}
        maxLength={MAX_SCRIPT}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ command: event.currentTarget.value })}
      />
      <Arguments line={draft.command} />
    </>
  );
}

/** The arguments of a line, each in a box of its own. */
function Arguments({ line }: { line: string }) {
  const { form } = texts.commands;
  const { args, problem } = splitCommand(line);
  return (
    <>
      <ol className={styles.arguments} aria-label={form.arguments}>
        {args.map((arg, at) => {
          // The place is what tells them apart.
          const key = `${at}`;
          return <li key={key}>{arg === '' ? '␣' : visibleText(arg, 200)}</li>;
        })}
      </ol>
      <Problem>{problem === undefined ? undefined : form[problem]}</Problem>
    </>
  );
}

function ScriptFields({ draft, change }: FieldsProps) {
  const { form } = texts.commands;
  return (
    <>
      <TextInput
        label={form.interpreter}
        classNames={{ input: styles.mono ?? '' }}
        value={draft.interpreter}
        onChange={(event) => change({ interpreter: event.currentTarget.value })}
      />
      <label className={styles.label}>
        {form.script}
        <textarea
          className={`${styles.script} ${styles.mono}`}
          rows={8}
          value={draft.script}
          maxLength={MAX_SCRIPT}
          spellCheck={false}
          onChange={(event) => change({ script: event.currentTarget.value })}
        />
      </label>
      <TextInput
        label={form.scriptArguments}
        classNames={{ input: styles.mono ?? '' }}
        value={draft.scriptArguments}
        onChange={(event) => change({ scriptArguments: event.currentTarget.value })}
      />
      <Arguments line={draft.scriptArguments} />
    </>
  );
}

const HOUR = 3_600;
const WAITS = [
  ['none', 0],
  ['hour', HOUR],
  ['day', 24 * HOUR],
  ['week', 7 * 24 * HOUR],
] as const;

function MoreFields({ draft, change }: FieldsProps) {
  const { form } = texts.commands;
  return (
    <details className={styles.more}>
      <summary>{form.more}</summary>
      <div className={styles.form}>
        <TextInput
          label={form.folder}
          placeholder={form.folderHint}
          value={draft.folder}
          onChange={(event) => change({ folder: event.currentTarget.value })}
        />
        <div className={styles.row}>
          <NumberField
            label={form.timeout}
            value={draft.timeoutSeconds}
            most={86_400}
            set={(timeoutSeconds) => change({ timeoutSeconds })}
          />
          <NumberField
            label={form.concurrency}
            value={draft.concurrency}
            most={50}
            set={(concurrency) => change({ concurrency })}
          />
        </div>
        <label className={styles.label}>
          {form.wait}
          <select
            className={styles.select}
            value={draft.waitSeconds}
            onChange={(event) => change({ waitSeconds: Number(event.currentTarget.value) })}
          >
            {WAITS.map(([name, seconds]) => (
              <option key={name} value={seconds}>
                {form.waits[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  most: number;
  set(value: number): void;
}

function NumberField({ label, value, most, set }: NumberFieldProps) {
  return (
    <TextInput
      type="number"
      className={styles.grow}
      label={label}
      min={1}
      max={most}
      value={value}
      onChange={(event) => set(Number(event.currentTarget.value))}
    />
  );
}
