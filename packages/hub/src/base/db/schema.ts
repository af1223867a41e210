import type { CreateTransfer, Role, TransferState, UploadState } from '@porthole/protocol';
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
