import type {
  AlertKind,
  CreateTransfer,
  PreferencePart,
  Role,
  RunState,
  TransferState,
  UploadState,
} from '@porthole/protocol';
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
    sendingSettings: string | null;
    lastSeen: number;
    createdAt: number;
    /** Set once a device was removed: its key is refused until it is enrolled again. */
    removedAt: number | null;
  };
  /** Enrolment tokens; `id` is the hash of the secret. */
  tokens: { id: string; createdBy: string; createdAt: number; expires: number; usesLeft: number };
  thumbnails: { deviceId: string; version: string; width: number; height: number; at: number; jpeg: Uint8Array };
  /** JSON, as are facts; no row while nobody has arranged it. */
  deviceProfiles: { deviceId: string; profile: string };
  deviceFacts: { deviceId: string; facts: string };
  /** A workspace that an admin shares with all who look at the device, in the portal's own form. */
  deviceLayouts: { deviceId: string; layout: string };
  /** What all devices sent on `day`, a date by the hub's clock, as JSON: it is written all at once, which rows of each would not bear. */
  traffic: { day: string; bytes: string };
  /** How users like the portal, and what an admin chose for those who have nothing of their own; `value` is JSON. */
  preferences: { userId: string; part: PreferencePart; value: string };
  preferenceDefaults: { part: PreferencePart; value: string };
  /** At most one row, `id` being 1. */
  productLogo: { id: number; version: string; type: string; image: Uint8Array };
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
    underWay: string | null;
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
  /** Numbers that stand for devices in `history`; never given twice. Without a device: what is left of one that was removed. */
  historyDevices: { number: Generated<number>; deviceId: string | null };
  /** `step` in ms, 0 for samples as they came; `at` is its beginning; `figures` as `history/` packs them, `top` JSON. */
  history: { step: number; at: number; device: number; figures: Uint8Array; top: string | null };
  /** `rule` is JSON. */
  alertRules: { id: string; rule: string; createdAt: number };
  /** What was noticed, on or over. */
  alerts: {
    seq: Generated<number>;
    id: string;
    rule: string;
    kind: AlertKind;
    device: string;
    value: number | null;
    threshold: number | null;
    process: string | null;
    raisedAt: number;
    clearedAt: number | null;
  };
  /** Devices that said that they leave, and did not come back yet. */
  alertGoodbyes: { deviceId: string };
  /** What the webhook was not told yet, as JSON. */
  webhookQueue: { seq: Generated<number>; body: string };
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
