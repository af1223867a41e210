import { ERRORS, isErrorCode, type RunLine } from '@porthole/protocol';

/** What a person has to know besides the output, in one sentence; undefined where there is nothing to say. */
export function tellLine(line: RunLine, nameOf: (device: string) => string): string | undefined {
  if ('leftOut' in line) return `${nameOf(line.device)}: ${line.leftOut} bytes of the output are missing.`;
  if (!('state' in line)) return undefined;
  const { device, state, error, timedOut, signal } = line.state;
  const name = nameOf(device);
  if (state === 'waiting') return `${name}: waiting for the device to come online.`;
  if (state === 'cancelled') return `${name}: The run was cancelled.`;
  if (state === 'failed') return `${name}: ${isErrorCode(error) ? ERRORS[error].message : 'It failed.'}`;
  if (state === 'done' && timedOut) return `${name}: The command took too long and was ended.`;
  // Whatever a device calls it: nothing but letters goes to the terminal.
  return state === 'done' && signal !== undefined && /^SIG[A-Z0-9]+$/.test(signal)
    ? `${name}: The command was ended by ${signal}.`
    : undefined;
}
