/** A reason not to start or not to go on, as one sentence for the person at the command line. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** True for an error of the operating system with that code, such as 'ENOENT'. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
