import { Button, TextInput } from '@mantine/core';
import type { RunSummary } from '@porthole/protocol';
import { useDeferredValue, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { sentenceOf } from '../../base/api.ts';
import { formatAgo, formatExact, visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useNow } from '../../base/useNow.ts';
import { CommandsApi } from './commandsApi.ts';
import { describeWhat } from './draft.ts';
import styles from './RunPage.module.css';

/** How often the list is read again while it is looked at, in ms. */
const AGAIN_MS = 5_000;

/** The runs that were, the newest first, and a search in their commands, devices and output. */
export function RunHistory({ selected, version }: { selected: string | undefined; version: number }) {
  const { api } = useConnection();
  const now = useNow();
  const [query, setQuery] = useState('');
  const search = useDeferredValue(query.trim());
  const [pages, setPages] = useState(1);
  const [runs, setRuns] = useState<readonly RunSummary[]>();
  const [isAll, setIsAll] = useState(true);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let left = false;
    const read = () =>
      new CommandsApi(api).latest(search, pages).then(
        (page) => {
          if (left) return;
          setRuns(page.runs);
          setIsAll(page.next === undefined);
          setProblem(undefined);
        },
        (error: unknown) => left || setProblem(sentenceOf(error)),
      );
    // A new run is why it is read at once.
    if (version >= 0) void read();
    const timer = setInterval(() => document.visibilityState === 'visible' && void read(), AGAIN_MS);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [api, search, version, pages]);
  const words = texts.commands.history;
  return (
    <section className={styles.part} aria-label={words.title}>
      <h2>{words.title}</h2>
      <TextInput
        type="search"
        size="xs"
        aria-label={words.search}
        placeholder={words.search}
        value={query}
        maxLength={200}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setPages(1);
        }}
      />
      <Problem>{problem}</Problem>
      {runs?.length === 0 ? <p className={styles.dim}>{search === '' ? words.none : words.noMatch}</p> : null}
      <ul className={styles.list}>
        {runs?.map((run) => (
          <li key={run.id}>
            <Link
              href={`/run/${run.id}`}
              className={styles.entry}
              aria-current={run.id === selected ? 'true' : undefined}
            >
              <span className={`${styles.cut} ${styles.mono}`}>{visibleText(describeWhat(run.what), 120)}</span>
              <span className={styles.dim} title={formatExact(run.createdAt)}>
                {summaryOf(run)} · {words.by(visibleText(run.user, 64), formatAgo(run.createdAt, now))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {isAll ? null : (
        <Button variant="default" size="xs" onClick={() => setPages(pages + 1)}>
          {words.more}
        </Button>
      )}
    </section>
  );
}

/** How far a run is, in words. */
export function summaryOf({ counts, unsuccessful }: Pick<RunSummary, 'counts' | 'unsuccessful'>): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const over = counts.done + counts.failed + counts.cancelled;
  return texts.commands.run.summary(over, all, unsuccessful + counts.failed);
}
