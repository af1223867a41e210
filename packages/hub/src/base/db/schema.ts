import type { CreateTransfer, Role, RunState, TransferState, UploadState } from '@porthole/protocol';
import type { Generated } from 'kysely';

/** The tables of the hub. Times are ms since 1970; JSON columns hold text; hashes are base64url of SHA-256. */
export interface Schema {
  settings: { name: string; value: string };
  users: {
    id: string;
    username: string;
    /** The name as it is compared: two names that differ only in case or composition are one. */
    nameKey: string;
    role: Role;
    password: string;
    createdAt: number;
  };
  /** `id` is the hash of the secret in the cookie. */
  sessions: { id: string; userId: string; createdAt: number; lastSeen: number };
  devices: {
    id: string;
    publicKey: string;
    name: string;
    description: string;
    toggles: string;
    stats: string | null;
    /** Null while nobody has set them. */
    screenSettings: string | null;
    terminalSettings: string | null;
    lastSeen: number;
    createdAt: number;
    /** Set once a device was removed: its key is refused until it is enrolled again. */
    removedAt: number | null;
  };
  /** Enrolment tokens; `id` is the hash of the secret. */
  tokens: { id: string; createdBy: string; createdAt: number; expires: number; usesLeft: number };
  thumbnails: { deviceId: string; version: string; width: number; height: number; at: number; jpeg: Uint8Array };
  /** Uploads that a browser may go on with; the bytes are on the device. `metadata` is as it was sent. */
  uploads: {
    id: string;
    deviceId: string;
    userId: string;
    folder: string;
    name: string;
    size: number;
    sha256: string | null;
    metadata: string;
    state: UploadState['state'];
    touchedAt: number;
  };
  /** Copies from device to device. `paths` and `failed` are JSON; `cursor` names the last entry that arrived. */
  transfers: {
    id: string;
    userId: string;
    username: string;
    fromDevice: string;
    toDevice: string;
    paths: string;
    folder: string;
    conflict: CreateTransfer['conflict'];
    state: TransferState;
    cursor: string | null;
    bytes: number;
    entries: number;
    failed: string;
    error: string | null;
    createdAt: number;
  };
  /**
   * Commands on many devices. `what` and `counts` are JSON, the latter set with `endedAt`; `words` is the command as it is
   * searched; `kept` are bytes of output.
   */
  runs: {
    seq: Generated<number>;
    id: string;
    userId: string;
    username: string;
    what: string;
    words: string;
    folder: string | null;
    timeoutMs: number;
    concurrency: number;
    paced: number;
    input: string | null;
    createdAt: number;
    deadline: number;
    endedAt: number | null;
    counts: string | null;
    kept: number;
  };
  /** What became of a run on each of its devices, `position` being their order; `timedOut` is 0 or 1. */
  runDevices: {
    runId: string;
    deviceId: string;
    position: number;
    name: string;
    state: RunState;
    code: number | null;
    signal: string | null;
    timedOut: number | null;
    error: string | null;
    startedAt: number | null;
    endedAt: number | null;
    bytes: number;
  };
  /** What a command wrote; `start` counts the bytes before. */
  runOutput: {
    id: Generated<number>;
    runId: string;
    deviceId: string;
    start: number;
    at: number;
    stream: 'stdout' | 'stderr';
    bytes: Uint8Array;
  };
  /** The index of words over the rows of `runOutput` that are text; it holds no text itself. */
  runWords: { rowid: number; words: string };
  /** Runs that are gone, but for their output. */
  runGarbage: { runId: string };
  /** `saved` is JSON. */
  savedCommands: { id: string; userId: string; username: string; saved: string; changedAt: number };
  audit: {
    seq: Generated<number>;
    at: number;
    actor: string;
    action: string;
    target: string;
    detail: string;
    hash: string;
  };
}
