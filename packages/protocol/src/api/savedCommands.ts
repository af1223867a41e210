import * as z from 'zod';
import { PortholeError } from '../errors.ts';
import { type CommandAsk, commandAsk, MAX_SCRIPT } from '../features/commands.ts';
import { filePath } from '../features/files.ts';

const parameterName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/);
const text = z.string().max(32 * 1024);

/** An argument: as it is, or put together of parts, some of which are filled in. It stays one argument whatever is filled in. */
export const argumentTemplate = z.union([
  text,
  z.strictObject({
    parts: z
      .array(z.union([text, z.strictObject({ parameter: parameterName })]))
      .min(1)
      .max(32),
  }),
]);
export type ArgumentTemplate = z.infer<typeof argumentTemplate>;

export const commandParameter = z.strictObject({
  name: parameterName,
  label: z.string().max(100).optional(),
  default: text.optional(),
  /** Nothing else can be filled in. */
  choices: z.array(text).min(1).max(100).optional(),
});
export type CommandParameter = z.infer<typeof commandParameter>;

/** As `commandAsk.what`, with parameters; those of a script are its arguments, never part of its text. */
export const commandTemplate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('argv'), argv: z.array(argumentTemplate).min(1).max(1_000) }),
  z.strictObject({
    kind: z.literal('script'),
    script: z.string().min(1).max(MAX_SCRIPT),
    interpreter: filePath,
    arguments: z.array(argumentTemplate).max(100).default([]),
  }),
]);
export type CommandTemplate = z.infer<typeof commandTemplate>;

/** What people write of a saved command. */
export const saveCommand = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    description: z.string().max(1_000).optional(),
    what: commandTemplate,
    parameters: z.array(commandParameter).max(20).default([]),
    folder: filePath.optional(),
    timeoutSeconds: z.number().int().min(1).max(86_400).optional(),
  })
  .refine(({ parameters }) => new Set(parameters.map(({ name }) => name)).size === parameters.length, 'a name twice')
  .refine(({ parameters }) => parameters.every(fitsItself), 'a default that is no choice')
  .refine(
    ({ what, parameters }) => usedIn(what).every((used) => parameters.some(({ name }) => name === used)),
    'a parameter that is not declared',
  );
export type SaveCommand = z.input<typeof saveCommand>;

/** A command that somebody saved for everyone who may run commands somewhere. Times in ms since 1970. */
export const savedCommand = z.strictObject({
  id: z.string(),
  owner: z.string(),
  /** Whether the asking user may change it: its owner, and admins. */
  changeable: z.boolean(),
  changedAt: z.number(),
  ...saveCommand.shape,
});
export type SavedCommand = z.infer<typeof savedCommand>;
export const savedCommands = z.strictObject({ commands: z.array(savedCommand) });

/**
 * The command with its parameters filled in. Throws `request.invalid`, naming the parameter, when one has no value or one
 * that is not among its choices.
 */
export function fillCommand(
  { what, parameters }: Pick<SavedCommand, 'what' | 'parameters'>,
  values: Readonly<Record<string, string>>,
): CommandAsk['what'] {
  const filled = new Map(parameters.map((parameter) => [parameter.name, chosenValue(parameter, values)]));
  const fill = (template: ArgumentTemplate) =>
    typeof template === 'string'
      ? template
      : template.parts.map((part) => (typeof part === 'string' ? part : (filled.get(part.parameter) ?? ''))).join('');
  const ask =
    what.kind === 'argv'
      ? { kind: what.kind, argv: what.argv.map(fill) }
      : { ...what, arguments: what.arguments.map(fill) };
  const parsed = commandAsk.shape.what.safeParse(ask);
  if (!parsed.success) throw new PortholeError('request.invalid', 'A filled in argument is too long or has a NUL.');
  return parsed.data;
}

function chosenValue(
  { name, default: usual, choices }: CommandParameter,
  values: Readonly<Record<string, string>>,
): string {
  const value = Object.hasOwn(values, name) ? values[name] : usual;
  if (value === undefined) throw new PortholeError('request.invalid', `'${name}' has no value.`);
  if (choices && !choices.includes(value)) throw new PortholeError('request.invalid', `'${name}' has no such choice.`);
  return value;
}

function fitsItself({ default: usual, choices }: CommandParameter): boolean {
  return usual === undefined || choices === undefined || choices.includes(usual);
}

function usedIn(what: CommandTemplate): string[] {
  const templates = what.kind === 'argv' ? what.argv : what.arguments;
  return templates
    .flatMap((template) => (typeof template === 'string' ? [] : template.parts))
    .flatMap((part) => (typeof part === 'string' ? [] : [part.parameter]));
}
