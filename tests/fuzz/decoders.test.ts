import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeFileMessage,
  decodeFrame,
  decodeInput,
  decodeScreen,
  decodeScreenReply,
  decodeThumbnail,
  FILE_OPERATIONS,
  parseMessage,
  parseToken,
} from '@porthole/protocol';
import { decodeTile } from '../../packages/portal/src/features/screen/render/tileDecoder.ts';
import { Random } from '../screen/random.ts';
import { BINARY, CONTROL } from './corpus.ts';
import { assertHarmless } from './harmless.ts';
import { mutateBytes, mutateJson } from './mutate.ts';

const DECODERS: Record<keyof typeof BINARY, (bytes: Uint8Array) => unknown> = {
  frame: decodeFrame,
  screen: (bytes) => {
    const message = decodeScreen(bytes);
    if (message.type === 'update') for (const rect of message.rects) decodeTile(rect);
  },
  screenReply: decodeScreenReply,
  input: decodeInput,
  file: (bytes) => {
    const message = decodeFileMessage(bytes);
    if (message.type === 'bytes') assert.equal(message.bytes.byteLength, bytes.byteLength - 1);
  },
  thumbnail: decodeThumbnail,
};

test('the corpus holds every message of every table, and all of it is valid', () => {
  for (const [name, { table, messages }] of Object.entries(CONTROL)) {
    assert.deepEqual(new Set(messages.map(({ type }) => type)), new Set(Object.keys(table)), name);
    for (const message of messages) assert.deepEqual(parseMessage(table, JSON.stringify(message)), message);
  }
  for (const [name, decode] of Object.entries(DECODERS)) {
    for (const bytes of BINARY[name as keyof typeof BINARY]) decode(bytes);
  }
});

for (const [at, [name, { table, messages }]] of Object.entries(CONTROL).entries()) {
  test(`8,000 mutations of control messages (${name}) are refused or fit their schema`, () => {
    const random = new Random(1_000 + at);
    const others = Object.values(CONTROL).flatMap((group) => group.messages);
    for (let n = 0; n < 8_000; n++) {
      const text = mutateJson(random.pick(messages), others, random);
      assertHarmless(
        () => `${name} case ${n}: ${text.slice(0, 500)}`,
        () => {
          const message = parseMessage(table, text);
          assert.ok(Object.hasOwn(table, message.type));
        },
      );
    }
  });
}

for (const [at, [name, decode]] of Object.entries(DECODERS).entries()) {
  test(`9,000 mutations of binary messages (${name}) are refused or decoded`, () => {
    const random = new Random(2_000 + at);
    const corpus = BINARY[name as keyof typeof BINARY];
    const others = Object.values(BINARY).flat();
    for (let n = 0; n < 9_000; n++) {
      const bytes = mutateBytes(random.pick(corpus), others, random);
      assertHarmless(
        () => `${name} case ${n}: ${Buffer.from(bytes).toString('base64')}`,
        () => decode(bytes),
      );
    }
  });
}

test('7,000 tiles with damaged bytes are refused or make exactly their pixels', () => {
  const random = new Random(3_000);
  const update = decodeScreen(BINARY.screen[1] ?? new Uint8Array());
  assert.ok(update.type === 'update');
  const others = update.rects.map(({ bytes }) => bytes);
  for (let n = 0; n < 7_000; n++) {
    const rect = { ...random.pick(update.rects.slice(0, 3)), bytes: mutateBytes(random.pick(others), others, random) };
    assertHarmless(
      () => `tile case ${n}: ${rect.coder} ${Buffer.from(rect.bytes).toString('base64')}`,
      () => assert.equal(decodeTile(rect).rgba.byteLength, rect.width * rect.height * 4),
    );
  }
});

/** One valid question of every operation, as its schema makes it from the fewest words. */
const QUESTION = {
  id: 'i'.repeat(22),
  folder: '/a',
  name: 'b',
  path: '/a/ü\n',
  paths: ['/a', '/b'],
  size: 64,
  offset: 0,
  mode: 0o644,
  forever: true,
  conflict: 'same',
  video: 'keep',
  audio: 'none',
  sha256: 'f'.repeat(64),
  files: [{ name: 'b/c', size: 64, conflict: 'fail', id: 'i'.repeat(22) }],
};

test('5,000 damaged questions about files are refused or fit what the operation takes', () => {
  const random = new Random(3_500);
  const operations = Object.entries(FILE_OPERATIONS).map(([name, { ask }]) => {
    const words = Object.entries(QUESTION).filter(([word]) => word in ask.shape);
    return { name, ask, words: ask.parse(Object.fromEntries(words)) };
  });
  const others = operations.map(({ words }) => words);
  for (let n = 0; n < 5_000; n++) {
    const { name, ask, words } = random.pick(operations);
    const text = mutateJson(words, others, random);
    assertHarmless(
      () => `${name} case ${n}: ${text.slice(0, 500)}`,
      () => {
        const message = decodeFileMessage(Buffer.from(`\x01${text}`));
        const parsed = message.type === 'item' ? ask.safeParse(message.json) : undefined;
        if (parsed?.success) assert.deepEqual(ask.parse(structuredClone(parsed.data)), parsed.data);
      },
    );
  }
});

test('2,000 damaged tokens are refused or still of the form', () => {
  const random = new Random(4_000);
  const token = Buffer.from(`ph1.${'a'.repeat(43)}.${'b'.repeat(43)}`);
  for (let n = 0; n < 2_000; n++) {
    const text = Buffer.from(mutateBytes(token, [token], random)).toString('utf8');
    assertHarmless(
      () => `token case ${n}: ${text}`,
      () => assert.equal(parseToken(text).secret.length, 43),
    );
  }
});
