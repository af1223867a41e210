import { isDeepStrictEqual } from 'node:util';
import { type DeviceFacts, LIMITS } from '@porthole/protocol';

/** What a control message keeps for facts; the rest is for what stands around them. */
const MAX_BYTES = LIMITS.control * 0.75;
/** Free space that came or went is news from this share of a drive on. */
const FREE_SHARE = 0.01;
/** A clock that is kept in time moves the start of the system a little, in ms. */
const BOOT_MS = 5_000;

const LISTS = ['users', 'gpus', 'drives', 'interfaces', 'displays'] as const;

/** True when nobody would see the difference. */
export function sameFacts(before: DeviceFacts, now: DeviceFacts): boolean {
  const drift = Math.abs((before.bootedAt ?? 0) - (now.bootedAt ?? 0));
  return drift < BOOT_MS && isDeepStrictEqual(steady(before), steady(now)) && !movedSpace(before, now);
}

/** Cuts lists, the longest first, until they fit into a message: a machine may have sixty interfaces with thirty addresses each. */
export function fitFacts(facts: DeviceFacts): DeviceFacts {
  let fitting = facts;
  while (Buffer.byteLength(JSON.stringify(fitting)) > MAX_BYTES) {
    const now = fitting;
    const size = (list: (typeof LISTS)[number]) => JSON.stringify(now[list]).length;
    const [longest = 'interfaces'] = LISTS.toSorted((a, b) => size(b) - size(a));
    fitting = { ...now, [longest]: now[longest].slice(0, now[longest].length >> 1) };
  }
  return fitting;
}

function steady(facts: DeviceFacts): object {
  return { ...facts, bootedAt: 0, drives: facts.drives.map((drive) => ({ ...drive, free: 0 })) };
}

function movedSpace(before: DeviceFacts, now: DeviceFacts): boolean {
  return now.drives.some((drive, at) => {
    const moved = Math.abs(drive.free - (before.drives[at]?.free ?? 0));
    return moved > drive.size * FREE_SHARE;
  });
}
