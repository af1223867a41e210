/** The system cuts names of processes to this. */
const SHORT_NAME = 15;
const MAX_PROGRAMS = 32;

/** Those of `programs` (names, one a line) that are not among `running`. */
export function missingPrograms(programs: string, running: readonly { name: string }[]): string[] {
  const names = new Set(running.map(({ name }) => name));
  const wanted = programs.split('\n').filter((name) => name !== '');
  return [...new Set(wanted)]
    .filter((name) => !names.has(name) && !(name.length > SHORT_NAME && names.has(name.slice(0, SHORT_NAME))))
    .slice(0, MAX_PROGRAMS);
}
