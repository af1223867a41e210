import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatSize, visibleText } from '../../../base/format.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { SCROLLS } from '../roles.ts';
import styles from './LogView.module.css';
import { PART, useLogParts } from './useLogParts.ts';
import type { ViewerProps } from './Viewer.tsx';

/** A large text, part by part: it opens at its end at once whatever its size, and can be followed as it grows. */
export function LogView({ pane, entry, path }: ViewerProps) {
  const { viewer: words } = texts.files;
  const { part, error, restarted, show, follow, following } = useLogParts(pane.api, path, entry.size);
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
        <span role="status">{restarted ? words.restarted : ''}</span>
        <Problem>{error}</Problem>
      </div>
      <section ref={scroller} className={styles.scroller} aria-label={visibleText(entry.name)} {...SCROLLS}>
        <pre className={styles.text}>{shownText}</pre>
      </section>
    </div>
  );
}
