import { type CreateRun, createRun, type RunSummary, type SaveCommand, type SavedCommand } from '@porthole/protocol';
import { joinCommand, splitCommand } from './splitCommand.ts';

/** A run as it stands in the form. */
export interface Draft {
  kind: 'argv' | 'script';
  command: string;
  script: string;
  interpreter: string;
  /** Of the script, as a line. */
  scriptArguments: string;
  folder: string;
  timeoutSeconds: number;
  concurrency: number;
  waitSeconds: number;
}

export const NEW_DRAFT: Draft = {
  kind: 'argv',
  command: '',
  script: '',
  interpreter: '/bin/sh',
  scriptArguments: '',
  folder: '',
  timeoutSeconds: 60,
  concurrency: 10,
  waitSeconds: 0,
};

type What = CreateRun['what'];

/** What a draft says to run; undefined while it says nothing that can be run. */
export function whatOf(draft: Draft): What | undefined {
  const line = splitCommand(draft.kind === 'argv' ? draft.command : draft.scriptArguments);
  if (line.problem) return undefined;
  if (draft.kind === 'script') {
    const { script, interpreter } = draft;
    return { kind: 'script', script, interpreter, arguments: line.args };
  }
  return { kind: 'argv', argv: line.args };
}

/** The request for a draft on devices; undefined when something is missing or cannot be. */
export function requestOf(draft: Draft, devices: readonly string[]): CreateRun | undefined {
  const { folder, timeoutSeconds, concurrency, waitSeconds } = draft;
  const wish = {
    devices,
    what: whatOf(draft),
    ...(folder === '' ? {} : { folder }),
    timeoutSeconds,
    concurrency,
    waitSeconds,
  };
  const parsed = createRun.safeParse(wish);
  return parsed.success ? parsed.data : undefined;
}

/** A run that was, as a draft to be run again. */
export function draftOf(
  run: Pick<CreateRun, 'what' | 'folder'> & Pick<RunSummary, 'timeoutSeconds' | 'concurrency'>,
): Draft {
  const { what, folder = '', timeoutSeconds, concurrency } = run;
  const shared = { ...NEW_DRAFT, kind: what.kind, folder, timeoutSeconds, concurrency };
  if (what.kind === 'argv') return { ...shared, command: joinCommand(what.argv) };
  const { script, interpreter } = what;
  return { ...shared, script, interpreter, scriptArguments: joinCommand(what.arguments ?? []) };
}

/** What a run runs, on one line. */
export function describeWhat(what: What): string {
  if (what.kind === 'argv') return joinCommand(what.argv);
  return `${what.interpreter}: ${what.script.trim().split('\n')[0] ?? ''}`;
}

type Template = Extract<SavedCommand['what'], { kind: 'argv' }>['argv'][number];
const PLACE = /\{([A-Za-z][A-Za-z0-9_-]{0,31})\}/;

/** A draft to be saved under a name: `{name}` in an argument becomes a parameter. Undefined when it cannot be. */
export function savedFrom(draft: Draft, name: string): SaveCommand | undefined {
  const what = whatOf(draft);
  if (!what) return undefined;
  const args = what.kind === 'argv' ? what.argv : (what.arguments ?? []);
  const templates = args.map(templateOf);
  const names = new Set(templates.flatMap(parametersIn));
  const saved = what.kind === 'argv' ? { ...what, argv: templates } : { ...what, arguments: templates };
  const parameters = [...names].map((each) => ({ name: each }));
  const folder = draft.folder === '' ? {} : { folder: draft.folder };
  return { name, what: saved, parameters, timeoutSeconds: draft.timeoutSeconds, ...folder };
}

function templateOf(argument: string): Template {
  const parts = argument.split(PLACE).map((part, at) => (at % 2 === 1 ? { parameter: part } : part));
  const used = parts.filter((part) => part !== '');
  return used.some((part) => typeof part === 'object') ? { parts: used } : argument;
}

function parametersIn(template: Template): string[] {
  if (typeof template === 'string') return [];
  return template.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.parameter]));
}
