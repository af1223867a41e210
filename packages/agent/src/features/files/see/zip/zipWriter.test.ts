import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { temporaryFolder } from '../../../../testing/filesClient.ts';
import { ZipWriter } from './zipWriter.ts';

const MODE = 0o100640;
const MODIFIED = new Date('2021-03-04T05:06:07Z');
const item = (name: string) => ({ name, modified: MODIFIED, mode: MODE, isPacked: false });

/** A file of zeros beyond 4 GiB, a piece at a time. */
function* zeros(bytes: number): Generator<Buffer> {
  const piece = Buffer.alloc(64 * 1024 * 1024);
  for (let left = bytes; left > 0; left -= piece.byteLength) yield piece.subarray(0, Math.min(left, piece.byteLength));
}

test('what is beyond 4 GiB, and what comes after that, is found by those who unpack', async (t) => {
  const path = join(temporaryFolder(t), 'large.zip');
  const file = await open(path, 'wx+');
  let at = 0;
  // Zeros become a hole in the file, so that nothing of it has to be written.
  const zip = new ZipWriter(async (bytes) => {
    if (bytes.byteLength < 1_000_000) await file.write(bytes, 0, bytes.byteLength, at);
    at += bytes.byteLength;
  });
  const size = 2 ** 32 + 5;
  await zip.addFile({ ...item('large.bin'), size, isPacked: true }, Readable.from(zeros(size)));
  await zip.addFile({ ...item('after.txt'), size: 5 }, Readable.from([Buffer.from('after')]));
  await zip.end();
  await file.close();
  assert.match(
    execFileSync('unzip', ['-l', path], { encoding: 'utf8' }),
    /4294967301 .* large\.bin\n *5 .* after\.txt/,
  );
  assert.match(
    execFileSync('bsdtar', ['-tvf', path], { encoding: 'utf8' }),
    /4294967301 .* large\.bin\n.* 5 .* after\.txt/,
  );
  assert.equal(execFileSync('unzip', ['-p', path, 'after.txt'], { encoding: 'utf8' }), 'after');
  assert.equal(execFileSync('bsdtar', ['-xOf', path, 'after.txt'], { encoding: 'utf8' }), 'after');
});

test('more than 65,535 entries are all listed', async (t) => {
  const path = join(temporaryFolder(t), 'many.zip');
  const pieces: Uint8Array[] = [];
  const zip = new ZipWriter(async (bytes) => void pieces.push(Uint8Array.from(bytes)));
  for (let n = 0; n < 66_000; n++) await zip.addFolder({ ...item(`folder ${n}`), mode: 0o040755 });
  await zip.end();
  await writeFile(path, Buffer.concat(pieces));
  for (const [program, ...args] of [
    ['unzip', '-Z1', path],
    ['bsdtar', '-tf', path],
  ] as const) {
    const listed = execFileSync(program, args, { encoding: 'utf8', maxBuffer: 10_000_000 }).trim().split('\n');
    assert.deepEqual([listed.length, listed.at(-1)], [66_000, 'folder 65999/'], program);
  }
});

test('content of every size comes out as it went in, with its time and mode, packed or not', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'a.zip');
  const pieces: Uint8Array[] = [];
  const zip = new ZipWriter(async (bytes) => void pieces.push(Uint8Array.from(bytes)));
  const contents = new Map<string, Buffer>();
  for (const size of [0, 1, 65_535, 65_536, 300_000]) {
    for (const isPacked of [false, true]) {
      const content = size % 2 === 0 ? Buffer.alloc(size, 'text') : randomBytes(size);
      const name = `ü${size} ${isPacked}`;
      contents.set(name, content);
      const parts = [content.subarray(0, size / 3), Buffer.alloc(0), content.subarray(size / 3)];
      await zip.addFile({ ...item(name), size, isPacked }, Readable.from(parts));
    }
  }
  await zip.end();
  await writeFile(path, Buffer.concat(pieces));
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'Asia/Tokyo' };
  for (const [name, content] of contents) {
    for (const [program, ...args] of [
      ['unzip', '-p', path, name],
      ['bsdtar', '-xOf', path, name],
    ] as const)
      assert.ok(execFileSync(program, args, { env, maxBuffer: 1_000_000 }).equals(content), `${program} ${name}`);
  }
  execFileSync('unzip', ['-q', path, 'ü1 true'], { cwd: folder, env });
  const facts = execFileSync('stat', ['-c', '%a %Y', 'ü1 true'], { cwd: folder, encoding: 'utf8' });
  assert.equal(facts.trim(), `640 ${MODIFIED.getTime() / 1000}`);
});

test('a name that no zip can hold is refused before anything is written or read', async () => {
  let written = 0;
  const zip = new ZipWriter(async (bytes) => {
    written += bytes.byteLength;
  });
  const nobody = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.reject(new Error('nobody asked for this'));
  };
  const name = 'x'.repeat(65_536);
  await assert.rejects(zip.addFile({ ...item(name), size: 1 }, nobody()), { code: 'file.name-too-long' });
  await assert.rejects(zip.addFolder(item(name.slice(1))), { code: 'file.name-too-long' });
  assert.equal(written, 0);
});

test('a reader that goes away ends the zip, in the middle of a file too', async () => {
  for (const isPacked of [false, true]) {
    let left = 3;
    const zip = new ZipWriter(async () => {
      if (--left === 0) throw new Error('gone');
    });
    const content = Readable.from(Array.from({ length: 100 }, () => randomBytes(100_000)));
    await assert.rejects(zip.addFile({ ...item('a'), size: 10_000_000, isPacked }, content), /gone/);
  }
});
