import { Button, Switch } from '@mantine/core';
import { isErrorCode, isOver, type Run, type RunDevice } from '@porthole/protocol';
import { useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { CommandsApi } from './commandsApi.ts';
import { type Draft, describeWhat, draftOf } from './draft.ts';
import styles from './RunResult.module.css';
import { hasFailed, type MergedLine, type OutputPart, type RunView } from './runOutput.ts';
import { useRun } from './useRun.ts';

interface RunResultProps {
  id: string;
  /** Puts the run into the form, on the devices that it was on. */
  again(draft: Draft, devices: readonly string[]): void;
}

/** A run: how far it is on each device, and what its commands write. */
export function RunResult({ id, again }: RunResultProps) {
  const { run, view, problem } = useRun(id);
  const [merged, setMerged] = useState(false);
  const [onlyFailed, setOnlyFailed] = useState(false);
  if (!run) return <Problem>{problem}</Problem>;
  const words = texts.commands.run;
  const all = run.devices.map((device) => view.devices.get(device.device) ?? device);
  const shown = onlyFailed ? all.filter(hasFailed) : all;
  return (
    <section className={styles.result} aria-label={words.view}>
      <Head run={run} devices={all} again={again} />
      <Problem>{problem}</Problem>
      <div className={styles.tools}>
        <Switch label={words.merged} checked={merged} onChange={(event) => setMerged(event.currentTarget.checked)} />
        <Switch
          label={words.onlyFailed}
          checked={onlyFailed}
          onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
        />
      </div>
      {shown.length === 0 ? <p className={styles.dim}>{words.noFailed}</p> : null}
      {merged ? <Merged view={view} devices={shown} /> : <ByDevice view={view} devices={shown} />}
    </section>
  );
}

interface HeadProps {
  run: Run;
  devices: readonly RunDevice[];
  again: RunResultProps['again'];
}

function Head({ run, devices, again }: HeadProps) {
  const { api } = useConnection();
  const words = texts.commands.run;
  const cancelling = useAction(async () => {
    await new CommandsApi(api).cancel(run.id);
  });
  const over = devices.filter(({ state }) => isOver(state)).length;
  const failed = devices.filter(hasFailed).length;
  const ids = devices.map(({ device }) => device);
  return (
    <header className={styles.head}>
      <h2 className={styles.command}>{visibleText(describeWhat(run.what), 400)}</h2>
      <span className={styles.dim} role="status">
        {words.summary(over, devices.length, failed)}
      </span>
      {over < devices.length ? (
        <Button size="compact-sm" variant="default" loading={cancelling.busy} onClick={() => cancelling.run()}>
          {words.cancel}
        </Button>
      ) : null}
      <Button size="compact-sm" variant="default" onClick={() => again(draftOf(run), ids)}>
        {words.again}
      </Button>
      <Problem>{cancelling.error}</Problem>
    </header>
  );
}

function ByDevice({ view, devices }: { view: RunView; devices: readonly RunDevice[] }) {
  return (
    <ul className={styles.devices}>
      {devices.map((device) => (
        <li key={device.device}>
          <details open={devices.length <= 20}>
            <summary>
              <span className={styles.name}>{visibleText(device.name)}</span>
              <StateMark device={device} />
            </summary>
            <Output parts={view.output.get(device.device) ?? []} over={isOver(device.state)} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function StateMark({ device }: { device: RunDevice }) {
  return (
    <span className={styles.state} data-state={hasFailed(device) ? 'failed' : device.state}>
      {describeState(device)}
    </span>
  );
}

/** What became of a run on a device, in words. */
export function describeState({ state, code, signal, timedOut, error }: RunDevice): string {
  const words = texts.commands.run;
  if (error !== undefined) return isErrorCode(error) ? texts.errors[error] : words.states[state];
  if (timedOut) return words.timedOut;
  if (signal !== undefined) return words.signal(visibleText(signal, 16));
  return code === undefined ? words.states[state] : words.code(code);
}

function Output({ parts, over }: { parts: readonly OutputPart[]; over: boolean }) {
  const words = texts.commands.run;
  if (parts.length === 0) return over ? <p className={styles.dim}>{words.nothing}</p> : null;
  return (
    <pre className={styles.output}>
      {parts.map((part, at) => {
        const key = `${at}`;
        if ('leftOut' in part) return <em key={key}>{`${words.leftOut(part.leftOut)}\n`}</em>;
        return (
          <span key={key} data-stream={part.stream}>
            {plainOutput(part.text)}
          </span>
        );
      })}
    </pre>
  );
}

function Merged({ view, devices }: { view: RunView; devices: readonly RunDevice[] }) {
  const names = new Map(devices.map(({ device, name }) => [device, visibleText(name, 40)]));
  const isShown = (line: MergedLine) => names.has(line.device);
  return (
    <pre className={styles.output}>
      {view.merged.filter(isShown).map(({ key, device, stream, text }) => (
        <span key={key} data-stream={stream}>
          <b>{names.get(device)}</b> {plainOutput(text)}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

/** Begins every control sequence. */
const ESCAPE = String.fromCharCode(27);
const COLOURS = new RegExp(`${ESCAPE}\\[[\\d;:]*[A-Za-z]`, 'g');

/** Output as plain text: colours are taken out, and what else would act on a screen is made visible. */
function plainOutput(text: string): string {
  const lines = text.replace(COLOURS, '').split('\n');
  return lines.map((line) => visibleText(line.replace(/\r$/, '').replaceAll('\t', '    '), 10_000)).join('\n');
}
