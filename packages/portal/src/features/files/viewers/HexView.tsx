import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { useRowWindow } from '../../../base/useRowWindow.ts';
import { SCROLLS } from '../roles.ts';
import styles from './HexView.module.css';
import { BYTES_PER_ROW, hexRow } from './hexRow.ts';
import { TextView } from './TextView.tsx';
import type { ViewerProps } from './Viewer.tsx';

const ROW_HEIGHT = 20;
const PAGE = 64 * 1024;
/** Browsers cannot scroll further than some 30 million pixels. */
const MAX_ROWS = 1_000_000;
const MAX_PAGES = 32;

/** The bytes of any file; only what is looked at is read. */
export function HexView(props: ViewerProps) {
  const [asText, setAsText] = useState(false);
  if (asText) return <TextView {...props} />;
  return <Bytes {...props} asText={() => setAsText(true)} />;
}

function Bytes({ pane, entry, path, asText }: ViewerProps & { asText: () => void }) {
  const { viewer: words } = texts.files;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = Math.min(MAX_ROWS, Math.ceil(entry.size / BYTES_PER_ROW));
  const { start, end } = useRowWindow(scroller, { count: rows, rowHeight: ROW_HEIGHT });
  const { pages, error } = usePages({ pane, path, start, end });
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <Button size="xs" variant="default" onClick={asText}>
          {words.asText}
        </Button>
        {rows === MAX_ROWS ? <span>{words.truncated}</span> : null}
        <Problem>{error}</Problem>
      </div>
      <section ref={scroller} className={styles.scroller} aria-label={words.hex} {...SCROLLS}>
        <pre className={styles.rows} style={{ height: rows * ROW_HEIGHT }}>
          {Array.from({ length: end - start }, (_, offset) => start + offset).map((row) => (
            <span key={row} className={styles.row} style={{ top: row * ROW_HEIGHT }}>
              {hexRow(row, bytesOf(pages, row))}
            </span>
          ))}
        </pre>
      </section>
    </div>
  );
}

type Pages = ReadonlyMap<number, Uint8Array>;

function bytesOf(pages: Pages, row: number): Uint8Array | undefined {
  const offset = row * BYTES_PER_ROW;
  const page = pages.get(Math.floor(offset / PAGE));
  return page?.subarray(offset % PAGE, (offset % PAGE) + BYTES_PER_ROW);
}

function usePages({ pane, path, start, end }: { pane: ViewerProps['pane']; path: string; start: number; end: number }) {
  const [pages, setPages] = useState<Pages>(new Map());
  const [error, setError] = useState<string>();
  const { api } = pane;
  const first = Math.floor((start * BYTES_PER_ROW) / PAGE);
  const last = Math.floor((Math.max(start, end - 1) * BYTES_PER_ROW) / PAGE);
  const missing = end === 0 ? undefined : pages.has(first) ? (pages.has(last) ? undefined : last) : first;
  useEffect(() => {
    if (missing === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.read(path, { offset: missing * PAGE, length: PAGE }, abort.signal).then(
        ({ bytes }) => setPages((before) => new Map([...before, [missing, bytes] as const].slice(-MAX_PAGES))),
        (reason: unknown) => {
          if (!abort.signal.aborted) setError(sentenceOf(reason));
        },
      );
    }, 60);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, path, missing]);
  return { pages, error };
}
