import { Button, TextInput } from '@mantine/core';
import { fillCommand, PortholeError, type SavedCommand } from '@porthole/protocol';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { IconButton } from '../../base/IconButton.tsx';
import { Problem } from '../../base/Problem.tsx';
import { sentenceOf } from '../../base/sentenceFor.ts';
import { texts } from '../../base/texts.ts';
import { type Draft, draftOf, NEW_DRAFT } from './draft.ts';
import styles from './RunPage.module.css';

interface SavedCommandsProps {
  commands: readonly SavedCommand[];
  /** Puts a command, filled in, into the form. */
  use(draft: Draft): void;
  forget(id: string): void;
}

/** Commands that somebody saved; those with parameters ask for them. */
export function SavedCommands({ commands, use, forget }: SavedCommandsProps) {
  const [open, setOpen] = useState<string>();
  const { saved: words } = texts.commands;
  if (commands.length === 0) return null;
  return (
    <section className={styles.part} aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul className={styles.list}>
        {commands.map((command) => (
          <li key={command.id}>
            <div className={styles.row}>
              <button
                type="button"
                className={styles.entry}
                aria-expanded={open === command.id}
                onClick={() => setOpen(open === command.id ? undefined : command.id)}
              >
                <span className={styles.cut}>{visibleText(command.name, 100)}</span>
              </button>
              {command.changeable ? (
                <IconButton
                  label={words.forget(visibleText(command.name, 100))}
                  onClick={() => forget(command.id)}
                  icon={<IconX size={16} aria-hidden />}
                />
              ) : null}
            </div>
            {open === command.id ? <Fill command={command} use={use} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fill({ command, use }: { command: SavedCommand; use: (draft: Draft) => void }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => defaultsOf(command));
  const [problem, setProblem] = useState<string>();
  const fill = () => {
    try {
      const { folder, timeoutSeconds = NEW_DRAFT.timeoutSeconds } = command;
      const filled = { what: fillCommand(command, values), timeoutSeconds, concurrency: NEW_DRAFT.concurrency };
      use(draftOf(folder === undefined ? filled : { ...filled, folder }));
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof PortholeError)) throw error;
      setProblem(sentenceOf(error));
    }
  };
  return (
    <div className={styles.form}>
      {command.description ? <p className={styles.dim}>{visibleText(command.description, 1_000)}</p> : null}
      {command.parameters.map(({ name, label, choices }) => {
        const shown = visibleText(label ?? name, 100);
        const set = (value: string) => setValues({ ...values, [name]: value });
        return choices ? (
          <label key={name} className={styles.label}>
            {shown}
            <select
              className={styles.select}
              value={values[name] ?? ''}
              onChange={(event) => set(event.currentTarget.value)}
            >
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {visibleText(choice, 100)}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <TextInput
            key={name}
            label={shown}
            value={values[name] ?? ''}
            onChange={(event) => set(event.currentTarget.value)}
          />
        );
      })}
      <Problem>{problem}</Problem>
      <Button variant="default" onClick={fill}>
        {texts.commands.saved.fill(visibleText(command.name, 60))}
      </Button>
    </div>
  );
}

function defaultsOf({ parameters }: SavedCommand): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap(({ name, default: usual, choices }) => {
      const value = usual ?? choices?.[0];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
