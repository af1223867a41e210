/** The command failed; the message is one sentence for people, `status` what the program exits with. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number;

  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

/** The command line was used wrongly. */
export class UsageError extends Failure {
  constructor(message: string) {
    super(message, 2);
  }
}

/** What the operating system calls an error, such as `ECONNREFUSED`; '' for what is none of its. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
