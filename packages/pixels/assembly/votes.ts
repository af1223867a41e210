import {
  colourMask,
  shadowAt,
  stagedAt,
  stagedHeight,
  stagedStride,
  stagedWidth,
  stagedX,
  stagedY,
  stride,
  work,
} from './planes';

// Finding a shift: lines (rows, or columns) of the staged rectangle and of the shadow are hashed in a few bands across. A line
// that changed, and whose hash stands exactly once in the shadow, votes for the shift that would bring it here.

const BAND_COLUMNS: i32 = 32;
const BAND_ROWS: i32 = 16;
const MIN_BANDS: i32 = 8;
const MAX_BANDS: i32 = 16;
const BAND_PITCH: i32 = 128;
/** A shift leaves at least so many lines in sight. */
const MIN_REST: i32 = 16;
const PRIME: u32 = 0x9e37_79b1;

/** What a line is: a row with shifts along y, or a column with shifts along x. */
let lines: i32 = 0;
let across: i32 = 0;
let depth: i32 = 0;
let bands: i32 = 0;
let slots: u32 = 0;
let nowHashes: usize = 0;
let beforeHashes: usize = 0;
let votes: usize = 0;
let voters: i32 = 0;
let taken: i32 = 0;

/** Counts the votes of all rows (`vertical`) or columns; returns how many voted. Votes stay in the work memory. */
export function countVotes(vertical: bool): i32 {
  lines = vertical ? stagedHeight : stagedWidth;
  across = vertical ? stagedWidth : stagedHeight;
  depth = min(vertical ? BAND_COLUMNS : BAND_ROWS, across);
  bands = min((across + depth - 1) / depth, max(MIN_BANDS, min(MAX_BANDS, across / BAND_PITCH)));
  layOut();
  if (vertical) hashRows();
  else for (let band = 0; band < bands; band++) hashColumns(band);
  voters = 0;
  for (let band = 0; band < bands; band++) voteInBand(band);
  return voters;
}

/** Where a band begins, in pixels across. */
function bandAt(band: i32): i32 {
  return bands === 1 ? 0 : (band * (across - depth)) / (bands - 1);
}

/** Where the hashes of a band begin, in bytes. */
function hashesOf(band: i32): usize {
  return (<usize>(band * lines)) << 2;
}

/** Takes the shift with most votes out of the count and returns it; 0 when none has at least `least`. */
export function takeShift(least: i32): i32 {
  let best = 0;
  let most = least - 1;
  for (let shift = MIN_REST - lines; shift <= lines - MIN_REST; shift++) {
    const count = load<i32>(voteAt(shift));
    if (count <= most) continue;
    most = count;
    best = shift;
  }
  taken = most;
  store<i32>(voteAt(best), 0);
  return best;
}

/** How many votes the shift had that was taken last. */
export function votesTaken(): i32 {
  return taken;
}

function voteAt(shift: i32): usize {
  return votes + ((<usize>(shift + lines)) << 2);
}

function layOut(): void {
  slots = 64;
  while (<i32>slots < lines * 2) slots <<= 1;
  nowHashes = work + ((<usize>slots) << 3);
  beforeHashes = nowHashes + hashesOf(bands);
  votes = beforeHashes + hashesOf(bands);
  memory.fill(votes, 0, ((<usize>lines) << 3) + 4);
}

/** Row after row, as they lie in memory. */
function hashRows(): void {
  for (let line = 0; line < lines; line++) {
    const now = stagedAt(stagedX, stagedY + line);
    const before = shadowAt(stagedX, stagedY + line);
    fetchBands(now, before);
    for (let band = 0; band < bands; band++) {
      const at = hashesOf(band) + ((<usize>line) << 2);
      const x = (<usize>bandAt(band)) << 2;
      store<u32>(nowHashes + at, hashOfRow(now + x, depth));
      store<u32>(beforeHashes + at, hashOfRow(before + x, depth));
    }
  }
}

/** Kept only so that what was read counts as used. */
export let fetched: i32 = 0;

/**
 * Reads a little of every band in one go, so that the processor waits for memory once a row and not once a band; half the time
 * of it all where the planes are larger than its caches.
 */
function fetchBands(now: usize, before: usize): void {
  const last = ((<usize>depth) << 2) - 4;
  let sum = 0;
  for (let band = 0; band < bands; band++) {
    const x = (<usize>bandAt(band)) << 2;
    sum ^= load<i32>(now + x) ^ load<i32>(before + x);
    sum ^= load<i32>(now + x + last) ^ load<i32>(before + x + last);
  }
  fetched ^= sum;
}

/** Of so many pixels, in which X does not count. */
export function hashOfRow(at: usize, count: i32): u32 {
  let even = i32x4.splat(1);
  let odd = i32x4.splat(2);
  const prime = i32x4.splat(PRIME);
  const mask = colourMask();
  let left = count;
  for (; left >= 8; left -= 8) {
    even = i32x4.mul(v128.xor(even, v128.and(v128.load(at), mask)), prime);
    odd = i32x4.mul(v128.xor(odd, v128.and(v128.load(at, 16), mask)), prime);
    at += 32;
  }
  // Lanes turned by one, or equal pixels in both halves would cancel each other out.
  const sum = v128.xor(even, v128.shuffle<u32>(odd, odd, 1, 2, 3, 0));
  let hash = i32x4.extract_lane(sum, 0);
  hash = (hash ^ (hash >>> 15) ^ i32x4.extract_lane(sum, 1)) * PRIME;
  hash = (hash ^ (hash >>> 15) ^ i32x4.extract_lane(sum, 2)) * PRIME;
  hash = (hash ^ (hash >>> 15) ^ i32x4.extract_lane(sum, 3)) * PRIME;
  for (; left > 0; left--) {
    hash = (hash ^ (hash >>> 15) ^ (load<u32>(at) & 0x00ff_ffff)) * PRIME;
    at += 4;
  }
  return hash;
}

function hashColumns(band: i32): void {
  const y = bandAt(band);
  const now = stagedAt(stagedX, stagedY + y);
  const before = shadowAt(stagedX, stagedY + y);
  let line = 0;
  for (; line + 4 <= lines; line += 4) {
    const x = (<usize>line) << 2;
    v128.store(nowHashes + hashesOf(band) + x, hashOfColumns(now + x, stagedStride, depth));
    v128.store(beforeHashes + hashesOf(band) + x, hashOfColumns(before + x, stride, depth));
  }
  for (; line < lines; line++) {
    const x = (<usize>line) << 2;
    store<u32>(nowHashes + hashesOf(band) + x, hashOfColumn(now + x, stagedStride, depth));
    store<u32>(beforeHashes + hashesOf(band) + x, hashOfColumn(before + x, stride, depth));
  }
}

function hashOfColumns(at: usize, step: usize, count: i32): v128 {
  const prime = i32x4.splat(PRIME);
  const mask = colourMask();
  let hash = i32x4.splat(1);
  for (; count > 0; count--) {
    hash = v128.xor(hash, v128.shr<u32>(hash, 15));
    hash = i32x4.mul(v128.xor(hash, v128.and(v128.load(at), mask)), prime);
    at += step;
  }
  return hash;
}

/** The same as one lane of `hashOfColumns`. */
function hashOfColumn(at: usize, step: usize, count: i32): u32 {
  let hash: u32 = 1;
  for (; count > 0; count--) {
    hash ^= hash >>> 15;
    hash = (hash ^ (load<u32>(at) & 0x00ff_ffff)) * PRIME;
    at += step;
  }
  return hash;
}

/** The table has for each slot a line number + 1, negative when several lines have that hash, and the hash. */
function voteInBand(band: i32): void {
  memory.fill(work, 0, (<usize>slots) << 3);
  const before = beforeHashes + hashesOf(band);
  const now = nowHashes + hashesOf(band);
  const end = (<usize>lines) << 2;
  for (let at: usize = 0; at < end; at += 4) {
    const slot = slotOf(load<u32>(before + at));
    store<i32>(slot, load<i32>(slot) === 0 ? <i32>(at >> 2) + 1 : -1);
    store<u32>(slot, load<u32>(before + at), 4);
  }
  for (let at: usize = 0; at < end; at += 4) {
    const hash = load<u32>(now + at);
    if (hash === load<u32>(before + at)) continue;
    voters++;
    const found = load<i32>(slotOf(hash));
    if (found <= 0) continue;
    const vote = voteAt(<i32>(at >> 2) - (found - 1));
    store<i32>(vote, load<i32>(vote) + 1);
  }
}

/** The slot of a hash, or the free one where it belongs. */
function slotOf(hash: u32): usize {
  let slot = (hash ^ (hash >>> 16)) & (slots - 1);
  while (true) {
    const at = work + ((<usize>slot) << 3);
    if (load<i32>(at) === 0 || load<u32>(at, 4) === hash) return at;
    slot = (slot + 1) & (slots - 1);
  }
}
