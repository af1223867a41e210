import type { AlertRule } from '@porthole/protocol';

/** Whether a rule is about the device; `group` is the one that it belongs to. */
export function appliesTo({ scope }: Pick<AlertRule, 'scope'>, device: { id: string; group: string | null }): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'group':
      return scope.group === device.group;
    case 'device':
      return scope.device === device.id;
  }
}

/** Characters that one question to a device has for names of programs. */
const MAX_PROGRAMS = 256;

/** The names of programs that the rules want to see running, one a line; what does not fit is left out. */
export function programsOf(rules: readonly AlertRule[]): { text: string; isWhole: boolean } {
  const names = [...new Set(rules.flatMap(({ kind, process }) => (kind === 'process' && process ? [process] : [])))];
  let text = '';
  for (const name of names) {
    const longer = text === '' ? name : `${text}\n${name}`;
    if (longer.length > MAX_PROGRAMS) return { text, isWhole: false };
    text = longer;
  }
  return { text, isWhole: true };
}
