import type { SavedCommand } from '@porthole/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { usePageTitle } from '../../base/usePageTitle.ts';
import { askedDevices } from './askedDevices.ts';
import { CommandsApi } from './commandsApi.ts';
import { DevicePicker } from './DevicePicker.tsx';
import { type Draft, NEW_DRAFT, requestOf } from './draft.ts';
import { RunForm } from './RunForm.tsx';
import { RunHistory } from './RunHistory.tsx';
import styles from './RunPage.module.css';
import { RunResult } from './RunResult.tsx';
import { SavedCommands } from './SavedCommands.tsx';

/** Commands on many devices: what to run and where, what was run, and what came of it. */
export function RunPage({ id }: { id: string | undefined }) {
  const { api } = useConnection();
  const [, navigate] = useLocation();
  const asked = askedDevices(useSearch(), useHistoryState());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(asked));
  const [draft, setDraft] = useState<Draft>(NEW_DRAFT);
  const [version, setVersion] = useState(0);
  const saved = useSaved();
  usePageTitle(texts.commands.title);
  const starting = useAction(async () => {
    const wish = requestOf(draft, [...chosen]);
    if (!wish) return;
    const run = await new CommandsApi(api).start(wish);
    setVersion((before) => before + 1);
    navigate(`/run/${run.id}`);
  });
  const again = (next: Draft, devices: readonly string[]) => {
    setDraft(next);
    setChosen(new Set(devices));
  };
  return (
    <div className={styles.page}>
      <div className={styles.side}>
        <header>
          <h1>{texts.commands.title}</h1>
          <p className={styles.dim}>{texts.commands.intro}</p>
        </header>
        <DevicePicker chosen={chosen} choose={setChosen} />
        <RunForm
          draft={draft}
          change={(part) => setDraft({ ...draft, ...part })}
          chosen={chosen}
          busy={starting.busy}
          error={starting.error}
          run={() => starting.run()}
          saved={saved.read}
        />
        <SavedCommands commands={saved.commands} use={setDraft} forget={saved.forget} />
        <RunHistory selected={id} version={version} />
      </div>
      <div className={styles.main}>
        {id === undefined ? (
          <p className={styles.dim}>{texts.commands.run.choose}</p>
        ) : (
          <RunResult key={id} id={id} again={again} />
        )}
      </div>
    </div>
  );
}

function useSaved() {
  const { api } = useConnection();
  const [commands, setCommands] = useState<readonly SavedCommand[]>([]);
  const read = useCallback(() => {
    // Without them everything else still works.
    new CommandsApi(api).saved().then(setCommands, () => undefined);
  }, [api]);
  useEffect(read, [read]);
  const forget = (id: string) => void new CommandsApi(api).forget(id).then(read, read);
  return { commands, read, forget };
}
