import { type ErrorCode, PortholeError } from '@porthole/protocol';
import { errnoOf } from './errno.ts';

/** What an error of the system means to the person who asked. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'file.missing',
  ELOOP: 'file.missing',
  ESTALE: 'file.missing',
  ENODEV: 'file.missing',
  EACCES: 'file.denied',
  EPERM: 'file.denied',
  ENXIO: 'file.not-regular',
  EISDIR: 'file.not-regular',
  EINVAL: 'file.not-regular',
  ENOTDIR: 'file.not-folder',
  EEXIST: 'file.exists',
  ENOTEMPTY: 'file.not-empty',
  ENAMETOOLONG: 'file.name-too-long',
  EILSEQ: 'file.name-invalid',
  ENOSPC: 'file.no-space',
  EDQUOT: 'file.no-space',
  EFBIG: 'file.no-space',
  EROFS: 'file.read-only',
  EBUSY: 'file.busy',
  ETXTBSY: 'file.busy',
  EAGAIN: 'file.busy',
  EMFILE: 'file.busy',
  ENFILE: 'file.busy',
  ENOTSUP: 'feature.unsupported',
  ENOSYS: 'feature.unsupported',
  EIO: 'file.unreadable',
  EREMOTEIO: 'file.unreadable',
  EHOSTDOWN: 'file.unreadable',
  ENOTCONN: 'file.unreadable',
  ETIMEDOUT: 'file.unreadable',
};

/** The code of the catalogue for whatever was thrown; `internal` when nobody foresaw it. */
export function fileErrorCode(error: unknown): ErrorCode {
  if (error instanceof PortholeError) return error.code;
  return CODES[errnoOf(error)] ?? 'internal';
}
