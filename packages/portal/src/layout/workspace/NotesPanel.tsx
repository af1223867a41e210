import { Button } from '@mantine/core';
import type { Device } from '@porthole/protocol';
import { useEffect, useMemo, useRef, useState } from 'react';
import { canConfigure } from '../../base/can.ts';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './NotesPanel.module.css';
import { LONGEST_NOTES, NotesDraft } from './notesDraft.ts';
import { saveNotes } from './saveNotes.ts';
import { splitLinks } from './splitLinks.ts';

/** What people noted about a device, for all who may see it; an administrator writes it. */
export function NotesPanel({ device }: { device: Device }) {
  const [editing, setEditing] = useState(false);
  const words = texts.workspace.notes;
  return (
    <section className={styles.panel} aria-label={words.label}>
      {editing ? (
        <Editor device={device} done={() => setEditing(false)} />
      ) : (
        <>
          {canConfigure(device) ? (
            <Button className={styles.edit} size="compact-sm" variant="default" onClick={() => setEditing(true)}>
              {words.edit}
            </Button>
          ) : null}
          <Reader text={device.profile.notes} />
        </>
      )}
    </section>
  );
}

function Reader({ text }: { text: string }) {
  const words = texts.workspace.notes;
  const parts = useMemo(() => splitLinks(text), [text]);
  if (text.trim() === '') return <p className={styles.empty}>{words.empty}</p>;
  return (
    <div className={styles.text}>
      {parts.map(({ at, text: part, href }) =>
        href === undefined ? (
          part.split('\n').map((line, index) => (
            <span key={`${at}.${String(index)}`}>
              {index > 0 ? '\n' : ''}
              {visibleText(line.replaceAll('\t', '  '), LONGEST_NOTES)}
            </span>
          ))
        ) : (
          <a key={at} href={href} target="_blank" rel="noopener noreferrer">
            {visibleText(part, 2_000)}
          </a>
        ),
      )}
    </div>
  );
}

function Editor({ device, done }: { device: Device; done(): void }) {
  const { api } = useConnection();
  const words = texts.workspace.notes;
  const [draft] = useState(
    () =>
      new NotesDraft({
        text: device.profile.notes,
        save: (notes, before) => saveNotes(api, device.id, { notes, before }),
      }),
  );
  const { text, phase, problem, theirs } = useStore(draft.state);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => draft.heard(device.profile.notes), [draft, device.profile.notes]);
  useEffect(() => () => draft.close(), [draft]);
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.phase} role="status">
          {words[phase]}
        </span>
        <Button size="compact-sm" variant="default" onClick={done}>
          {words.done}
        </Button>
      </div>
      {theirs === undefined ? null : (
        <div className={styles.conflict} role="alert">
          <p>{words.conflict}</p>
          <Button size="compact-sm" variant="default" onClick={() => draft.takeTheirs()}>
            {words.useTheirs}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => draft.keepMine()}>
            {words.keepMine}
          </Button>
        </div>
      )}
      <textarea
        ref={field}
        className={styles.field}
        aria-label={words.label}
        value={text}
        maxLength={LONGEST_NOTES}
        spellCheck={false}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && done()}
      />
      <Problem>{problem}</Problem>
    </>
  );
}
