import type { Run } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { useConnection } from '../../base/portalContext.ts';
import { useSelected } from '../../base/useStore.ts';
import { CommandsApi } from './commandsApi.ts';
import { NO_OUTPUT, RunOutput, type RunView } from './runOutput.ts';

/** A run that is followed. */
export interface FollowedRun {
  run: Run | undefined;
  view: RunView;
  problem: string | undefined;
}

/** How often what came is shown, in ms. */
const SHOW_MS = 100;

/** One run and its output, followed until it is over; read again when the connection was lost meanwhile. */
export function useRun(id: string): FollowedRun {
  const { api, state } = useConnection();
  const viewer = useSelected(state, (connection) => connection.viewer);
  const [run, setRun] = useState<Run>();
  const [view, setView] = useState<RunView>(NO_OUTPUT);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (viewer === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const commands = new CommandsApi(api);
    const output = new RunOutput();
    let showing: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      showing = undefined;
      setView(output.view);
    };
    const failed = (error: unknown) => signal.aborted || setProblem(sentenceOf(error));
    setProblem(undefined);
    commands.get(id).then((found) => signal.aborted || setRun(found), failed);
    commands
      .follow(
        id,
        (line) => {
          output.add(line);
          showing ??= setTimeout(show, SHOW_MS);
        },
        signal,
      )
      .catch(failed);
    return () => {
      leaving.abort();
      clearTimeout(showing);
    };
  }, [api, id, viewer]);
  return { run, view, problem };
}
