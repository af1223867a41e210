import { Button } from '@mantine/core';
import type { TerminalRecording } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { Dialog } from '../../base/Dialog.tsx';
import { formatSize, formatStamp, visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import styles from './RecordingsDialog.module.css';
import { formatLength } from './replay/formatLength.ts';
import { Replay } from './replay/Replay.tsx';
import type { TerminalWorkspace } from './terminalWorkspace.ts';

/** What was recorded on the device, and one of them playing. */
export function RecordingsDialog({ workspace, close }: { workspace: TerminalWorkspace; close: () => void }) {
  const [recordings, setRecordings] = useState<readonly TerminalRecording[]>();
  const [problem, setProblem] = useState<string>();
  const [playing, setPlaying] = useState<TerminalRecording>();
  useEffect(() => {
    let left = false;
    workspace.recordings().then(
      (found) => left || setRecordings(found),
      (error: unknown) => left || setProblem(sentenceOf(error)),
    );
    return () => {
      left = true;
    };
  }, [workspace]);
  const words = texts.terminal.recordings;
  return (
    <Dialog
      title={playing ? visibleText(playing.name || texts.terminal.title, 80) : words.title}
      onClose={close}
      wide={playing !== undefined}
    >
      <Problem>{problem}</Problem>
      {playing ? (
        <Replay workspace={workspace} recording={playing} />
      ) : (
        <List recordings={recordings} play={setPlaying} />
      )}
      <div className={styles.actions}>
        {playing ? (
          <Button variant="default" onClick={() => setPlaying(undefined)}>
            {words.title}
          </Button>
        ) : null}
        <Button onClick={close}>{words.close}</Button>
      </div>
    </Dialog>
  );
}

interface ListProps {
  recordings: readonly TerminalRecording[] | undefined;
  play(recording: TerminalRecording): void;
}

function List({ recordings, play }: ListProps) {
  const words = texts.terminal.recordings;
  if (!recordings) return null;
  if (recordings.length === 0) return <p className={styles.dim}>{words.none}</p>;
  return (
    <ul className={styles.list}>
      {recordings.map((recording) => {
        const name = visibleText(recording.name || texts.terminal.title, 80);
        const length = recording.running ? words.running : formatLength(recording.length / 1000);
        const details = [formatStamp(recording.startedAt), length, formatSize(recording.bytes)];
        return (
          <li key={recording.id}>
            <button type="button" aria-label={words.open(name)} onClick={() => play(recording)}>
              <span className={styles.name}>{name}</span>
              <span className={styles.dim}>
                {details.join(' · ')} · {words.by(visibleText(recording.user, 64))}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
