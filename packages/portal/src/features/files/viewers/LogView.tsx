import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { formatSize, visibleText } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { SCROLLS } from '../roles.ts';
import { decodeText } from './decodeText.ts';
import styles from './LogView.module.css';
import type { ViewerProps } from './Viewer.tsx';

/** Read and shown at once, in bytes. */
const PART = 256 * 1024;
/** Characters that stay while a log is followed. */
const MAX_FOLLOWED = 1024 * 1024;

interface Part {
  offset: number;
  end: number;
  size: number;
  text: string;
}

/** A large text, part by part: it opens at its end at once whatever its size, and can be followed as it grows. */
export function LogView({ pane, entry, path }: ViewerProps) {
  const { viewer: words } = texts.files;
  const { part, error, show, follow, following } = useParts(pane, path, entry.size);
  const scroller = useRef<HTMLElement>(null);
  const atEnd = following || (part !== undefined && part.end >= part.size);
  const shownText = part?.text;
  useEffect(() => {
    const element = scroller.current;
    if (element && shownText !== undefined) element.scrollTop = atEnd ? element.scrollHeight : 0;
  }, [shownText, atEnd]);
  const { offset = 0, end = 0, size = entry.size } = part ?? {};
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <Button size="xs" variant="default" disabled={offset === 0} onClick={() => show(0)}>
          {words.start}
        </Button>
        <Button size="xs" variant="default" disabled={offset === 0} onClick={() => show(Math.max(0, offset - PART))}>
          {words.earlier}
        </Button>
        <Button size="xs" variant="default" disabled={end >= size} onClick={() => show(end)}>
          {words.later}
        </Button>
        <Button size="xs" variant="default" onClick={() => show(Math.max(0, size - PART))}>
          {words.end}
        </Button>
        <Button size="xs" variant={following ? 'filled' : 'default'} aria-pressed={following} onClick={follow}>
          {words.follow}
        </Button>
        <span className={styles.range}>{words.range(formatSize(offset), formatSize(end), formatSize(size))}</span>
        <Problem>{error}</Problem>
      </div>
      <section ref={scroller} className={styles.scroller} aria-label={visibleText(entry.name)} {...SCROLLS}>
        <pre className={styles.text}>{shownText}</pre>
      </section>
    </div>
  );
}

function useParts(pane: ViewerProps['pane'], path: string, size: number) {
  const [part, setPart] = useState<Part>();
  const [error, setError] = useState<string>();
  const [following, setFollowing] = useState(false);
  const [wanted, setWanted] = useState(() => Math.max(0, size - PART));
  const { api } = pane;
  useEffect(() => {
    if (following) return;
    const abort = new AbortController();
    setError(undefined);
    api.read(path, { offset: wanted, length: PART }, abort.signal).then(
      ({ bytes, size: whole }) =>
        setPart({ offset: wanted, end: wanted + bytes.byteLength, size: whole, text: shown(decodeText(bytes).text) }),
      (reason: unknown) => {
        if (!abort.signal.aborted) setError(sentenceOf(reason));
      },
    );
    return () => abort.abort();
  }, [api, path, wanted, following]);
  const from = useRef(0);
  from.current = part?.end ?? wanted;
  useEffect(() => {
    if (!following) return;
    const abort = new AbortController();
    const decoder = new TextDecoder();
    const told = (bytes: Uint8Array) => setPart((before) => grown(before, bytes, decoder));
    api.follow(path, from.current, { told, signal: abort.signal }).then(
      () => setFollowing(false),
      (reason: unknown) => {
        if (abort.signal.aborted) return;
        setError(sentenceOf(reason));
        setFollowing(false);
      },
    );
    return () => abort.abort();
  }, [api, path, following]);
  return {
    part,
    error,
    following,
    show: (offset: number) => {
      setFollowing(false);
      setWanted(offset);
    },
    follow: () => setFollowing(!following),
  };
}

function grown(before: Part | undefined, bytes: Uint8Array, decoder: TextDecoder): Part {
  const { offset = 0, end = 0, size = 0, text = '' } = before ?? {};
  const next = end + bytes.byteLength;
  const all = (text + shown(decoder.decode(bytes, { stream: true }))).slice(-MAX_FOLLOWED);
  return { offset, end: next, size: Math.max(size, next), text: all };
}

/** Control and bidirectional characters of a log are made visible; its lines and tabs stay. */
function shown(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\n\t]+/g, (line) => visibleText(line, PART));
}
