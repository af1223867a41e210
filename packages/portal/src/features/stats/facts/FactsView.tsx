import { type DeviceFacts, PortholeError } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { Problem } from '../../../base/Problem.tsx';
import { useConnection } from '../../../base/portalContext.ts';
import { texts } from '../../../base/texts.ts';
import { useNow } from '../../../base/useNow.ts';
import { keyed } from '../keyed.ts';
import type { SectionProps } from '../sections.ts';
import { StatsApi } from '../statsApi.ts';
import { CopyText } from './CopyText.tsx';
import styles from './FactsView.module.css';
import { type FactLine, listFacts } from './listFacts.ts';

/** What the device is. */
export function FactsView({ device, active }: SectionProps) {
  const { facts, error } = useFacts(device, active);
  const now = useNow();
  const groups = listFacts({ device, facts, now });
  return (
    <div className={styles.view}>
      <Problem>{error}</Problem>
      {facts === undefined && error === undefined ? <p className={styles.dim}>{texts.health.factsNone}</p> : null}
      {groups.map(({ title, lines }) => (
        <section key={title} aria-label={title} className={styles.group}>
          <h3>{title}</h3>
          <dl className={styles.facts}>
            {keyed(lines, ({ name }) => name).map(({ key, item }) => (
              <Line key={key} line={item} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Line({ line: { name, value, title, copies } }: { line: FactLine }) {
  return (
    <div>
      <dt title={name}>{name}</dt>
      <dd title={title}>
        {value === '' ? null : <span>{value}</span>}
        {copies.map((text) => (
          <CopyText key={text} text={text} />
        ))}
      </dd>
    </div>
  );
}

/** That it never told is no problem. */
function problemOf(error: unknown): string | undefined {
  return error instanceof PortholeError && error.code === 'not-found' ? undefined : sentenceOf(error);
}

/** Read anew whenever the device comes back: it may be another system by then. */
function useFacts({ id, online, since }: SectionProps['device'], active: boolean) {
  const { api } = useConnection();
  const [state, setState] = useState<{ facts: DeviceFacts | undefined; error: string | undefined }>({
    facts: undefined,
    error: undefined,
  });
  // Biome reads the dependencies only where they are used.
  const seen = `${online} ${since}`;
  useEffect(() => {
    if (!active || seen === '') return;
    let wanted = true;
    new StatsApi(api).facts(id).then(
      (facts) => wanted && setState({ facts, error: undefined }),
      (error: unknown) => wanted && setState((before) => ({ ...before, error: problemOf(error) })),
    );
    return () => {
      wanted = false;
    };
  }, [api, id, active, seen]);
  return state;
}
