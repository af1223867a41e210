import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import type { TerminalRecording } from '@porthole/protocol';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { visibleText } from '../../../base/format.ts';
import { IconButton } from '../../../base/IconButton.tsx';
import { readNonce } from '../../../base/nonce.ts';
import { Problem } from '../../../base/Problem.tsx';
import { texts } from '../../../base/texts.ts';
import { useStore } from '../../../base/useStore.ts';
import { type ScreenEvents, XtermScreen } from '../screen/xtermScreen.ts';
import type { TerminalWorkspace } from '../terminalWorkspace.ts';
import { type Cast, CastReader } from './asciicast.ts';
import { formatLength } from './formatLength.ts';
import styles from './Replay.module.css';
import { ReplayPlayer, SPEEDS } from './replayPlayer.ts';

interface ReplayProps {
  workspace: TerminalWorkspace;
  recording: TerminalRecording;
}

/** Fetches a recording and plays it. */
export function Replay({ workspace, recording }: ReplayProps) {
  const [cast, setCast] = useState<Cast>();
  const [problem, setProblem] = useState<string>();
  const words = texts.terminal.recordings;
  useEffect(() => {
    const leaving = new AbortController();
    fetchCast(workspace, recording.id, leaving.signal).then(
      (found) => (found ? setCast(found) : setProblem(words.broken)),
      (error: unknown) => leaving.signal.aborted || setProblem(sentenceOf(error)),
    );
    return () => leaving.abort();
  }, [workspace, recording.id, words.broken]);
  if (!cast) return problem === undefined ? <p role="status">{words.loading}</p> : <Problem>{problem}</Problem>;
  return <Player cast={cast} name={visibleText(recording.name || texts.terminal.title, 80)} />;
}

async function fetchCast(workspace: TerminalWorkspace, id: string, signal: AbortSignal): Promise<Cast | undefined> {
  const reader = new CastReader();
  const decoder = new TextDecoder();
  await workspace.replay(id, (bytes) => reader.add(decoder.decode(bytes, { stream: true })), signal);
  reader.add(decoder.decode());
  return reader.end();
}

/** Nothing that a recorded program did happens again: it is only seen. */
const SILENT: ScreenEvents = {
  typed: () => undefined,
  reported: () => undefined,
  key: () => true,
  pasted: () => undefined,
  bell: () => undefined,
  copyAsked: () => undefined,
  selected: () => undefined,
  drawn: () => undefined,
  hover: () => undefined,
};
const FONT_SIZE = 12;

function Player({ cast, name }: { cast: Cast; name: string }) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const { fontFamilyMonospace } = useMantineTheme();
  const [player, setPlayer] = useState<ReplayPlayer>();
  const words = texts.terminal.recordings;
  useEffect(() => {
    const look = { scheme, fontSize: FONT_SIZE };
    const options = { nonce: readNonce(), label: name, fontFamily: fontFamilyMonospace, look, types: false };
    const screen = new XtermScreen({ ...options, events: SILENT });
    const detach = place.current ? screen.attach(place.current) : undefined;
    const next = new ReplayPlayer({ cast, screen });
    setPlayer(next);
    next.play();
    return () => {
      next.close();
      detach?.();
      screen.close();
    };
  }, [cast, name, scheme, fontFamilyMonospace]);
  return (
    <>
      <div ref={place} className={styles.place} />
      {player ? <Controls player={player} length={cast.length} /> : null}
      {cast.cut ? <p className={styles.dim}>{words.cut}</p> : null}
    </>
  );
}

function Controls({ player, length }: { player: ReplayPlayer; length: number }) {
  const { position, playing, speed } = useStore(player.state);
  const words = texts.terminal.recordings;
  return (
    <div className={styles.controls}>
      <IconButton
        label={playing ? words.pause : words.play}
        onClick={() => (playing ? player.pause() : player.play())}
        icon={playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      />
      <input
        type="range"
        aria-label={words.position}
        aria-valuetext={formatLength(position)}
        min={0}
        max={Math.max(length, 0.1)}
        step="any"
        value={position}
        onChange={(event) => player.seek(Number(event.currentTarget.value))}
      />
      <span className={styles.time}>
        {formatLength(position)} / {formatLength(length)}
      </span>
      <select
        aria-label={words.speed}
        value={speed}
        onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {words.times(each)}
          </option>
        ))}
      </select>
    </div>
  );
}
