import { Failure } from '../base/failure.ts';
import { onDataFolder } from './offline.ts';
import { readArguments, required, UsageError } from './options.ts';

/** `porthole audit verify`: says in one line whether the log is whole. Returns the exit status. Throws `Failure` when it is not. */
export async function runAudit(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  if (positionals.join(' ') !== 'verify') throw new UsageError('Use: audit verify --data DIR.');
  const check = await onDataFolder(required(values.data, '--data DIR'), ({ audit }) => audit.verifyChain());
  if (!check.ok) throw new Failure(`The log is broken: row ${check.seq} was changed, or rows before it are missing.`);
  process.stdout.write(`The log is whole: ${check.rows} ${check.rows === 1 ? 'row' : 'rows'}.\n`);
  return 0;
}
