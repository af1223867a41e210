import * as z from 'zod';
import type { Capability } from '../capabilities.ts';
import type { FeatureSpec } from './feature.ts';

/** Longest path that is accepted, in UTF-16 units; Linux stops at 4,096 bytes, Windows at 32,767 units. */
export const MAX_PATH = 32_767;
/**
 * A folder of mode 0700 that holds a file of this name is never shown, whoever asks: hub and agent keep their keys in such
 * folders, and the hub's may be on a device that operators browse.
 */
export const PRIVATE_MARK = '.porthole-private';
/** The names of what is on its way into a folder, and shows under its own name when it is whole. */
export const PART_NAME = /^\.porthole-[A-Za-z0-9_-]{16,64}\.part$/;
/** Entries of one page of a folder at most. */
export const MAX_PAGE = 10_000;
/** Paths that one request may name at most. */
export const MAX_PATHS = 1_000;
/** Paths that one zip may be made of: about what fits a message to the device. */
export const MAX_ARCHIVE_PATHS = 10_000;

/** Longest side of a picture that is converted, in pixels. */
export const MAX_PICTURE = 8_192;
/**
 * Seconds by which everything in what is converted for playing is later than in the file: what has to be decoded before the
 * first picture may be older than that one, and no time may be below zero.
 */
export const PLAY_LEAD = 10;
export const PLAY_VIDEO = ['keep', 'h264', 'none'] as const;
export const PLAY_AUDIO = ['keep', 'aac', 'opus', 'none'] as const;
/** A year; nothing is longer. */
const MAX_SECONDS = 366 * 86_400;

/** An absolute path on the device, as its system writes it. What it means is decided on the device alone. */
export const filePath = z
  .string()
  .min(1)
  .max(MAX_PATH)
  .refine((path) => !path.includes('\0'), 'a path has no NUL');
/** The name of one entry: never a separator, and never one of the two that mean another folder. */
export const fileName = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => !/[/\0]/.test(name) && name !== '.' && name !== '..', 'not a name');

export const ENTRY_KINDS = ['file', 'directory', 'link', 'other'] as const;
export const entryKind = z.enum(ENTRY_KINDS);

/** One entry of a folder. Sizes in bytes, times in ms since 1970. What could not be found out is left out. */
export const fileEntry = z.strictObject({
  name: z.string().max(1024),
  kind: entryKind,
  size: z.number().nonnegative(),
  modified: z.number(),
  /** What a link leads to; 'missing' when there is nothing, or nothing that may be seen. */
  target: z.enum([...ENTRY_KINDS, 'missing']).optional(),
  /** Permission bits as `chmod` writes them, for instance 0o644. */
  mode: z.number().int().optional(),
  owner: z.string().max(256).optional(),
  group: z.string().max(256).optional(),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** What one entry is, as far as the device can tell. */
export const fileProperties = fileEntry.extend({
  path: filePath,
  /** Where a link leads, as it is written in it. */
  linkText: z.string().max(MAX_PATH).optional(),
  created: z.number().optional(),
  accessed: z.number().optional(),
  /** Bytes that it takes on the drive; less than its size when it is sparse. */
  allocated: z.number().nonnegative().optional(),
  /** Names that this file has; more than 1 is a hard link. */
  names: z.number().int().optional(),
  /** Changes whenever the content may have. */
  etag: z.string().max(128).optional(),
  readable: z.boolean(),
  writable: z.boolean(),
});
export type FileProperties = z.infer<typeof fileProperties>;

/** A drive or a mount. */
export const drive = z.strictObject({
  path: filePath,
  name: z.string().max(256),
  /** The file system, for instance `ext4`. */
  type: z.string().max(64),
  total: z.number().nonnegative(),
  free: z.number().nonnegative(),
  readOnly: z.boolean(),
  removable: z.boolean(),
});
export type Drive = z.infer<typeof drive>;

/** Where one begins: what the owner allows, the user's folders, the drives. */
export const places = z.strictObject({
  /** False when the owner's policy or the role of the user forbids changes. */
  writable: z.boolean(),
  /** How the system separates the parts of a path. */
  separator: z.enum(['/', '\\']),
  folders: z.array(
    z.strictObject({
      kind: z.enum(['home', 'desktop', 'documents', 'downloads', 'music', 'pictures', 'videos', 'root', 'other']),
      name: z.string().max(256),
      path: filePath,
    }),
  ),
  drives: z.array(drive),
});
export type Places = z.infer<typeof places>;

/** One page of a folder: folders first, then by name as people count (2 before 10). `next` names where the next page begins. */
export const filePage = z.strictObject({
  path: filePath,
  entries: z.array(fileEntry).max(MAX_PAGE),
  /** Entries of the whole folder. */
  total: z.number().int(),
  next: z.string().max(1024).optional(),
});
export type FilePage = z.infer<typeof filePage>;

/** What to do when the name is taken. `same` skips only what is equal byte for byte. */
export const CONFLICTS = ['fail', 'skip', 'replace', 'rename', 'same'] as const;
export const conflict = z.enum(CONFLICTS);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

/** What may be under way of one transfer, per direction; the hub holds no more of it. */
const FILE_WINDOW = 1024 * 1024;

/** A time to be given to a file, in ms since 1970: what a `Date` holds. Drives that hold less keep the nearest that they can. */
export const fileTime = z.number().min(-8.64e15).max(8.64e15);

/** A file that is about to come into being. */
const newFile = z.strictObject({
  folder: filePath,
  /** Below the folder: missing folders on the way are made. */
  name: z.string().min(1).max(MAX_PATH),
  size: z.number().int().nonnegative(),
  modified: fileTime.optional(),
  conflict,
  /** For `same`: what the whole must hash to. */
  sha256: sha256.optional(),
});

/** Files that one batch may hold at most, and bytes of all of them. */
export const MAX_BATCH = 256;
export const BATCH_BYTES = 1024 * 1024;
/** A file of a batch: small enough to be held in memory until it is written. */
const batchFile = newFile.omit({ folder: true }).extend({
  size: z.number().int().min(0).max(BATCH_BYTES),
  /** Sent once more under the same id, what has arrived is done, and not taken for another of that name. */
  id: id.optional(),
});
/** Many small files that are about to come into being below one folder. */
export const uploadBatch = z
  .strictObject({ folder: filePath, files: z.array(batchFile).min(1).max(MAX_BATCH) })
  .refine(({ files }) => files.reduce((sum, { size }) => sum + size, 0) <= BATCH_BYTES, 'the files are too large');
export type UploadBatch = z.infer<typeof uploadBatch>;

interface OperationSpec {
  readonly capability: Extract<Capability, `files.${string}`>;
  /** What is asked, as the first message of the channel. */
  readonly ask: z.ZodType;
}

/** Everything that can be asked of a device's files, one channel for each. */
export const FILE_OPERATIONS = {
  /** done: `places`. */
  places: { capability: 'files.read', ask: z.strictObject({}) },
  /** done: `filePage`. `after` is the `next` of the page before. */
  list: {
    capability: 'files.read',
    ask: z.strictObject({
      path: filePath,
      after: z.string().max(1024).optional(),
      limit: z.number().int().min(1).max(MAX_PAGE).default(1_000),
    }),
  },
  /** done: `fileProperties`. */
  stat: { capability: 'files.read', ask: z.strictObject({ path: filePath }) },
  /**
   * First a `fileHead`, then the bytes asked for, then done. A file that changes meanwhile ends the channel with
   * `file.changed`; one whose etag is not `etag` is not begun.
   */
  read: {
    capability: 'files.read',
    ask: z.strictObject({
      path: filePath,
      offset: z.number().int().nonnegative().default(0),
      /** Bytes at most; all that follow when left out. Negative `from the end` reads are the hub's to compute. */
      length: z.number().int().nonnegative().optional(),
      etag: z.string().max(128).optional(),
      /** Goes on when the file grows, until the channel closes. */
      follow: z.boolean().default(false),
    }),
  },
  /** item: bytes hashed so far; done: `{ sha256, size }`. */
  hash: { capability: 'files.read', ask: z.strictObject({ path: filePath }) },
  /**
   * item: `foundEntries` as they are found; done: `{ truncated }`. Links are not followed; paths longer than `MAX_PATH` are
   * left out.
   */
  search: {
    capability: 'files.read',
    ask: z.strictObject({
      path: filePath,
      /** Part of a name, in any case; `*` and `?` as in a shell. */
      name: z.string().min(1).max(255),
      limit: z.number().int().min(1).max(100_000).default(10_000),
      hidden: z.boolean().default(false),
    }),
  },
  /** The bytes of a JPEG of at most `size` pixels on its longer side, upright; done. */
  thumbnail: {
    capability: 'files.read',
    ask: z.strictObject({ path: filePath, size: z.number().int().min(32).max(1024) }),
  },
  /** A `convertedHead`, then the bytes of the picture, upright, its longer side at most `size` pixels, in a format that browsers show; done. */
  picture: {
    capability: 'files.read',
    ask: z.strictObject({ path: filePath, size: z.number().int().min(32).max(MAX_PICTURE) }),
  },
  /** done: `media`. */
  media: { capability: 'files.read', ask: z.strictObject({ path: filePath }) },
  /**
   * A `convertedHead`, then a fragmented MP4 from the last key picture before `from` (in seconds) to the end, made while it is
   * read; done. Everything in it is later by `PLAY_LEAD` than in the file.
   */
  play: {
    capability: 'files.read',
    ask: z.strictObject({
      path: filePath,
      from: z.number().min(0).max(MAX_SECONDS).default(0),
      /** What becomes of pictures and sound: as they are, converted to that, or left out. */
      video: z.enum(PLAY_VIDEO),
      audio: z.enum(PLAY_AUDIO),
    }),
  },
  /**
   * item: every entry below the paths, folders before what they hold, by name, as `treeEntry`; unreadable ones with `error`,
   * and so, once more, a folder that holds what is too deep for a path; done. `after` is the `name` of one: it and all before
   * it are left out, whether it is still there or not.
   */
  tree: {
    capability: 'files.read',
    ask: z.strictObject({
      paths: z.array(filePath).min(1).max(MAX_PATHS),
      after: z.string().min(1).max(MAX_PATH).optional(),
    }),
  },
  /** The bytes of a zip of everything below the paths; links are not followed; what cannot be read is listed inside; done. */
  archive: {
    capability: 'files.read',
    ask: z.strictObject({ paths: z.array(filePath).min(1).max(MAX_ARCHIVE_PATHS) }),
  },
  /**
   * item: `{}` whenever something in the folder changed, at most a few times a second, until the channel closes. It ends with
   * `file.missing` when the path no longer leads to that folder, also when there is another one by then.
   */
  watch: { capability: 'files.read', ask: z.strictObject({ path: filePath }) },

  /**
   * Begins an upload, or finds one of that id again. done: `uploadState`. The bytes are kept beside the target under a
   * name of their own until all have come; an upload that nobody goes on with is removed after a day.
   */
  begin: { capability: 'files.write', ask: newFile.extend({ id }) },
  /**
   * Takes a whole file: the asking side sends its bytes right behind the question, and then done; the device answers done with
   * an `uploadState`, which may come before the bytes do. Nothing is left of one that does not arrive whole.
   */
  take: { capability: 'files.write', ask: newFile },
  /**
   * Takes many small files at once: their bytes come right behind the question, one file behind the other, and then done; the
   * device answers done with `batchResults`. What goes wrong with one file stops no other.
   */
  takeMany: { capability: 'files.write', ask: uploadBatch },
  /** done: `uploadState`. */
  upload: { capability: 'files.write', ask: z.strictObject({ id, folder: filePath }) },
  /**
   * The asking side sends bytes and then done; the device answers done with an `uploadState`. `offset` must be the
   * device's own. With the last byte the file is checked, written through to the drive, and takes its name.
   */
  write: {
    capability: 'files.write',
    ask: z.strictObject({ id, folder: filePath, offset: z.number().int().nonnegative(), sha256: sha256.optional() }),
  },
  /** Nothing is left behind; done. */
  cancel: { capability: 'files.write', ask: z.strictObject({ id, folder: filePath }) },
  /** done: `fileProperties` of the new folder. */
  makeFolder: { capability: 'files.write', ask: z.strictObject({ folder: filePath, name: fileName }) },
  /** Replaces a text file whole, if its etag is still `etag` (an absent one: if there is none yet). done: `fileProperties`. */
  save: {
    capability: 'files.write',
    ask: z.strictObject({ path: filePath, etag: z.string().max(128).optional(), size: z.number().int().min(0) }),
  },
  /** done: `fileProperties`. Never replaces anything. */
  rename: { capability: 'files.write', ask: z.strictObject({ path: filePath, name: fileName }) },
  /** item: `progress`; done: `outcome`. */
  remove: {
    capability: 'files.write',
    ask: z.strictObject({ paths: z.array(filePath).min(1).max(MAX_PATHS), forever: z.boolean() }),
  },
  /** item: `progress`; done: `outcome`. */
  copy: { capability: 'files.write', ask: transfer() },
  move: { capability: 'files.write', ask: transfer() },
  /** done: `fileProperties`. */
  setMode: {
    capability: 'files.write',
    ask: z.strictObject({ path: filePath, mode: z.number().int().min(0).max(0o7777) }),
  },
} as const satisfies Record<string, OperationSpec>;

function transfer() {
  return z.strictObject({ paths: z.array(filePath).min(1).max(MAX_PATHS), folder: filePath, conflict });
}

export type FileOperation = keyof typeof FILE_OPERATIONS;
export type FileAsk<Operation extends FileOperation> = z.input<(typeof FILE_OPERATIONS)[Operation]['ask']>;
const FILE_OPERATION_NAMES = Object.keys(FILE_OPERATIONS) as [FileOperation, ...FileOperation[]];

/** Before the bytes of a file. */
export const fileHead = z.strictObject({ size: z.number(), modified: z.number(), etag: z.string().max(128) });
export type FileHead = z.infer<typeof fileHead>;
/** Before the bytes of something converted: its media type, for instance `video/mp4; codecs="avc1.64001f,mp4a.40.2"`. */
export const convertedHead = z.strictObject({
  type: z
    .string()
    .max(256)
    .regex(/^(image|audio|video)\/[a-z0-9]+(; codecs="[A-Za-z0-9.,_-]+")?$/),
});
export type ConvertedHead = z.infer<typeof convertedHead>;

const track = {
  /** As FFmpeg calls it, for instance `mpeg4`. */
  codec: z.string().max(64),
  /** As media types call it (RFC 6381), for instance `avc1.64001f`; left out where they have no name for it. */
  codecs: z.string().max(128).optional(),
};
/** What of a sound or a film would be played. Times in seconds. */
export const media = z.strictObject({
  /** As FFmpeg calls it, for instance `matroska,webm`. */
  container: z.string().max(128),
  duration: z.number().nonnegative().max(MAX_SECONDS).optional(),
  video: z
    .strictObject({ ...track, width: z.number().int(), height: z.number().int(), rotation: z.number().int() })
    .optional(),
  audio: z.strictObject({ ...track, channels: z.number().int(), sampleRate: z.number().int() }).optional(),
  /** It carries a picture of its own, which its thumbnail shows. */
  hasCover: z.boolean(),
  title: z.string().max(1024).optional(),
  artist: z.string().max(1024).optional(),
  album: z.string().max(1024).optional(),
});
export type Media = z.infer<typeof media>;
export const foundEntries = z.array(fileEntry.extend({ path: filePath })).max(1_000);
export const treeEntry = z.strictObject({
  /** Below the folder that holds the asked path, with `/` between its parts whatever the system writes. */
  name: z.string().max(MAX_PATH),
  kind: entryKind,
  size: z.number().nonnegative(),
  modified: z.number(),
  path: filePath,
  error: z.string().max(64).optional(),
});
export type TreeEntry = z.infer<typeof treeEntry>;
/** How far an upload is. `path` is where the file is when it is done, which `rename` may have changed. */
export const uploadState = z.strictObject({
  offset: z.number().int().nonnegative(),
  state: z.enum(['receiving', 'done', 'skipped']),
  path: filePath.optional(),
});
export type UploadState = z.infer<typeof uploadState>;
/** What became of the files of a batch, in their order. `error` is a code of the catalogue. */
export const batchResults = z.strictObject({
  results: z
    .array(z.strictObject({ state: z.enum(['done', 'skipped', 'failed']), error: z.string().max(64).optional() }))
    .max(MAX_BATCH),
});
export type BatchResults = z.infer<typeof batchResults>;
export type BatchResult = BatchResults['results'][number];
export const progress = z.strictObject({ entries: z.number().int(), bytes: z.number() });
/** What became of a request for many: one bad entry never stops the others. `error` is a code of the catalogue. */
export const outcome = z.strictObject({
  done: z.number().int(),
  failed: z.array(z.strictObject({ path: filePath, error: z.string().max(64) })).max(MAX_PATHS),
});
export type Outcome = z.infer<typeof outcome>;

const filesParams = z.strictObject({ operation: z.enum(FILE_OPERATION_NAMES) });
export type FilesParams = z.infer<typeof filesParams>;

/** The files of a device, asked for by the hub on behalf of a user; see `FILE_OPERATIONS` and `fileMessages`. */
export const files = {
  capability: 'files.read',
  delivery: 'reliable',
  link: 'bulk',
  window: FILE_WINDOW,
  params: filesParams,
  capabilityFor: (params) => FILE_OPERATIONS[filesParams.parse(params).operation].capability,
} as const satisfies FeatureSpec;
