import type { Device, PowerAction } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { offeredActions } from './powerActions.ts';
import { PowerApi } from './powerApi.ts';

/** What can be done to the machine, once its facts are known; nothing before. */
export function usePowerActions({ id, since }: Device, wanted: boolean): PowerAction[] {
  const { api } = useConnection();
  const [known, setKnown] = useState<{ of: string; actions: PowerAction[] }>({ of: '', actions: [] });
  // It may be another system that came back.
  const of = `${id} ${since}`;
  useEffect(() => {
    if (!wanted) return;
    let stays = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (attemptsLeft: number) =>
      void new PowerApi(api).facts(id).then(
        (facts) => stays && setKnown({ of, actions: offeredActions(facts) }),
        () => {
          // A device that has just come has not told yet; without an answer nothing is offered, and nothing is wrong.
          if (stays && attemptsLeft > 0) timer = setTimeout(() => read(attemptsLeft - 1), AGAIN_MS);
        },
      );
    read(ATTEMPTS);
    return () => {
      stays = false;
      clearTimeout(timer);
    };
  }, [api, id, of, wanted]);
  return known.of === of ? known.actions : [];
}

const AGAIN_MS = 2_000;
const ATTEMPTS = 10;
