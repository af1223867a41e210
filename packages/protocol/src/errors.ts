/**
 * The error catalogue: every refusal that a person or a program can meet, with its HTTP status and a plain sentence.
 * A code never changes its meaning; add a new one instead.
 */
export const ERRORS = {
  'request.invalid': { status: 400, message: 'The request is not valid.' },
  'request.too-large': { status: 413, message: 'The request is too large.' },
  'request.media-type': { status: 415, message: 'Only application/json is accepted.' },
  'request.host': { status: 421, message: 'This hub does not answer to that host name.' },
  'request.origin': { status: 403, message: 'Requests from that origin are refused.' },
  'not-found': { status: 404, message: 'There is nothing here.' },
  internal: { status: 500, message: 'Something went wrong in the hub. Nothing was changed.' },
  'auth.required': { status: 401, message: 'Please sign in.' },
  'auth.wrong': { status: 401, message: 'User name or password is wrong.' },
  'auth.slow-down': { status: 429, message: 'Too many attempts. Please wait a moment.' },
  'auth.busy': { status: 503, message: 'The hub is busy checking passwords. Please try again.' },
  'auth.session-ended': { status: 401, message: 'Your session has ended. Please sign in again.' },
  'setup.wrong-code': { status: 403, message: 'That setup code is not right.' },
  'password.wrong': { status: 403, message: 'That is not your password. It was not changed.' },
  'user.exists': { status: 409, message: 'There is already a user of that name.' },
  'profile.changed': { status: 409, message: 'Somebody else wrote something else meanwhile.' },
  'token.invalid': { status: 403, message: 'The enrolment token is not valid.' },
  'token.expired': { status: 403, message: 'The enrolment token has expired.' },
  'token.used': { status: 403, message: 'The enrolment token was already used.' },
  'device.unknown': { status: 403, message: 'This device is not enrolled at the hub.' },
  'device.removed': { status: 403, message: 'This device was removed from the hub.' },
  'device.offline': { status: 409, message: 'The device is offline.' },
  'device.timeout': { status: 504, message: 'The device did not answer in time.' },
  'hello.invalid': { status: 403, message: 'The device could not prove its identity.' },
  'hub.identity': { status: 403, message: 'The hub is not the one this device was enrolled at.' },
  'version.unsupported': { status: 426, message: 'The two programs speak different protocol versions.' },
  'link.replaced': { status: 409, message: 'The same device connected again.' },
  'ticket.invalid': { status: 403, message: 'The ticket is not valid, was used, or has expired.' },
  'grant.invalid': { status: 403, message: 'The device refused the grant of the hub.' },
  'policy.denied': { status: 403, message: 'The owner of the device does not allow this.' },
  'feature.off': { status: 409, message: 'This is switched off on the device.' },
  'feature.unsupported': { status: 409, message: 'The device does not offer this.' },
  'channel.limit': { status: 429, message: 'Too many channels are open.' },
  'channel.closed': { status: 409, message: 'The channel was closed.' },
  'message.invalid': { status: 400, message: 'A message was not valid, so the connection was closed.' },
  'message.too-large': { status: 413, message: 'A message was too large, so the connection was closed.' },
  'credit.exceeded': { status: 400, message: 'More was sent than was allowed.' },
  'control.busy': { status: 409, message: 'Somebody else is in control.' },
  'control.taken': { status: 409, message: 'Somebody else took control.' },
  'control.given': { status: 409, message: 'Control was given to somebody else.' },
  'viewer.unknown': { status: 404, message: 'That viewer is not watching this device.' },
  'display.missing': { status: 409, message: 'The device has no display.' },
  'display.lost': { status: 409, message: 'The display of the device went away.' },
  'terminal.unknown': { status: 404, message: 'There is no such terminal any more.' },
  'terminal.limit': { status: 429, message: 'Too many terminals are open on this device.' },
  'terminal.no-shell': { status: 409, message: 'The device has no such shell.' },
  'terminal.account': { status: 409, message: 'The account that the owner of the device names cannot be used.' },
  'terminal.unavailable': { status: 503, message: 'The device cannot open a terminal now.' },
  'terminal.lost': {
    status: 409,
    message: 'The program that held the terminals of the device ended, and they with it.',
  },
  'recording.unknown': { status: 404, message: 'There is no such recording any more.' },
  'command.unavailable': { status: 409, message: 'The device cannot run this.' },
  'run.unknown': { status: 404, message: 'There is no such run any more.' },
  'run.expired': { status: 409, message: 'The device did not come online in time.' },
  'run.denied': { status: 403, message: 'The right to run commands there was lost before this could run or end.' },
  'run.interrupted': { status: 409, message: 'The hub was stopped while this ran, which ended it.' },
  'run.limit': { status: 429, message: 'Too many runs are not over yet.' },
  'command.unknown': { status: 404, message: 'There is no such saved command any more.' },
  'command.limit': { status: 429, message: 'Too many commands are saved.' },
  'run.cancelled': { status: 409, message: 'The run was cancelled.' },
  'process.gone': { status: 404, message: 'There is no such process any more.' },
  'process.denied': { status: 403, message: 'The device does not let this process be ended.' },
  'process.self': { status: 409, message: 'That is the agent of the device itself.' },
  'power.unsupported': { status: 409, message: 'The device cannot do this.' },
  'power.failed': { status: 502, message: 'The device tried, and its system refused.' },
  'alert.unknown': { status: 404, message: 'There is no such rule any more.' },
  'alert.limit': { status: 429, message: 'There are too many rules.' },
  'webhook.outside': { status: 400, message: 'Only addresses of the own network are called.' },
  'webhook.unset': { status: 409, message: 'No address is set to send alerts to.' },
  'wake.no-address': { status: 409, message: 'No hardware address is known of the device.' },
  'device.online': { status: 409, message: 'The device is online.' },
  'file.missing': { status: 404, message: 'There is no such file or folder.' },
  'file.denied': { status: 403, message: 'The device does not let this be read or changed.' },
  'file.outside': { status: 403, message: 'The owner of the device does not share this folder.' },
  'file.not-regular': { status: 409, message: 'This is not an ordinary file.' },
  'file.not-folder': { status: 409, message: 'This is not a folder.' },
  'file.exists': { status: 409, message: 'There is already something of that name.' },
  'file.not-empty': { status: 409, message: 'The folder is not empty.' },
  'file.changed': { status: 412, message: 'The file changed meanwhile.' },
  'file.range': { status: 416, message: 'The file has no such part.' },
  'file.name-invalid': { status: 400, message: 'The device allows no such name.' },
  'file.name-too-long': { status: 400, message: 'The name or path is too long.' },
  'file.no-space': { status: 507, message: 'There is no space left on the device.' },
  'file.read-only': { status: 409, message: 'That drive can only be read.' },
  'file.busy': { status: 409, message: 'Another program is using this.' },
  'file.into-itself': { status: 409, message: 'A folder cannot be put into itself.' },
  'file.unreadable': { status: 500, message: 'The drive could not be read or written.' },
  'file.unsupported': { status: 415, message: 'There is no picture of this.' },
  'archive.unknown': { status: 404, message: 'It is no longer known what was to be in this archive.' },
  'convert.unsupported': { status: 415, message: 'The device knows no way to show or play this.' },
  'convert.failed': { status: 500, message: 'The device could not go on converting this.' },
  'convert.busy': { status: 503, message: 'The device converts as much as it can already.' },
  'upload.unknown': { status: 404, message: 'There is no such upload any more.' },
  'upload.offset': { status: 409, message: 'The upload goes on elsewhere.' },
  'upload.busy': { status: 409, message: 'Another program is sending this upload.' },
  'upload.version': { status: 412, message: 'Uploads speak version 1.0.0 of the tus protocol here.' },
  'upload.wrong-hash': { status: 409, message: 'What arrived is not what was sent.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** True for a code of the catalogue. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

/** An error of the catalogue. `detail` may refine the sentence; it must be safe to show to the person who asked. */
export class PortholeError extends Error {
  override readonly name = 'PortholeError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail?: string) {
    super(detail ?? ERRORS[code].message);
    this.code = code;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
