import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Transfer } from '@porthole/protocol';
import { Random } from '../screen/random.ts';
import { eventually } from '../support/eventually.ts';
import { Program } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { House } from './house.ts';
import type { ClientPlan, Job } from './transferClient.ts';

const SEED = 4_711;
const COUNTS = { uploads: 60, abandoned: 20, downloads: 60, copies: 60 };
const KILLS = 18;
const CLIENT = fileURLToPath(new URL('./transferClient.ts', import.meta.url));

const house = await House.start();
after(() => house.close());
const [desk, lap] = [await house.device('desk'), await house.device('lap')];
const api = await house.signIn('oli');
const root = house.keep(new TempDir()).path;
const random = new Random(SEED);

function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path);
  return path;
}
const [sources, uploaded, copied] = [folder('sources'), folder('uploaded'), folder('copied')];

function hashOf(path: string): string | undefined {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
}

/** Makes a file to be brought somewhere; small ones, none at all, and some of many pieces. */
function makeSource(name: string): { path: string; hash: string } {
  const size = random.chance(0.8) ? random.integer(100_000, 3_000_000) : random.pick([0, 1, 5_000]);
  const path = join(sources, name);
  const content = randomBytes(size);
  writeFileSync(path, content);
  return { path, hash: createHash('sha256').update(content).digest('hex') };
}

/** What may be found at a path at any time; `undefined` is nothing. The first is what must be there in the end. */
const allowed = new Map<string, (string | undefined)[]>();
/** Those that nobody went on with may stay as they were. */
const abandoned = new Set<string>();

/** Every second target holds something already, which is to be replaced. */
function expectAt(path: string, hash: string): 'fail' | 'replace' {
  if (random.chance(0.5)) {
    allowed.set(path, [hash, undefined]);
    return 'fail';
  }
  writeFileSync(path, `the old ${path}`);
  allowed.set(path, [hash, hashOf(path)]);
  return 'replace';
}

function checkAll(): void {
  for (const [path, hashes] of allowed) assert.ok(hashes.includes(hashOf(path)), `${path} is neither old nor new`);
}

function uploadJob(at: number): Job {
  const isAbandoned = at >= COUNTS.uploads;
  const name = `upload ${at}`;
  const { path: source, hash } = makeSource(name);
  const target = join(uploaded, name);
  if (isAbandoned) abandoned.add(target);
  return { kind: 'upload', name, source, conflict: expectAt(target, hash), isWhole: at % 4 === 0, isAbandoned };
}

function downloadJob(at: number, state: string): Job {
  const name = `download ${at}`;
  const { path: source, hash } = makeSource(name);
  allowed.set(join(state, name), [hash, undefined]);
  return { kind: 'download', name, source };
}

async function beginCopy(at: number): Promise<string> {
  const name = `copy ${at}`;
  const { path, hash } = makeSource(name);
  const conflict = expectAt(join(copied, name), hash);
  const body = { from: { device: desk.id, paths: [path] }, to: { device: lap.id, folder: copied }, conflict };
  return (await api.post<Transfer>('/api/transfers', body)).id;
}

/** A browser that is started again on the same plan when it was killed. */
class Client {
  /** Moments that it told of, in all its lives. */
  moments = 0;
  #program: Program;
  readonly #plan: string;

  constructor(plan: ClientPlan) {
    this.#plan = join(plan.state, 'plan.json');
    writeFileSync(this.#plan, JSON.stringify(plan));
    this.#program = this.#start();
  }

  get told(): number {
    return this.moments + this.#program.stdout.length;
  }

  get isOver(): boolean {
    return !this.#program.running;
  }

  get errors(): string {
    return this.#program.stderr;
  }

  kill(): void {
    this.#program.kill('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.#program.stop();
    this.moments += this.#program.stdout.length;
    this.#program = this.#start();
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }

  #start(): Program {
    return new Program(process.execPath, [CLIENT, this.#plan]);
  }
}

function startClient(number: number): Client {
  const state = folder(`browser ${number}`);
  const of = (count: number) => Array.from({ length: count }, (_, at) => at).filter((at) => at % 2 === number);
  const jobs = [
    ...of(COUNTS.uploads + COUNTS.abandoned).map(uploadJob),
    ...of(COUNTS.downloads).map((at) => downloadJob(at, state)),
  ].sort(() => random.next() - 0.5);
  const url = `${house.hub.url}/api/devices/${desk.id}/files`;
  return new Client({ url, cookie: api.cookie, folder: uploaded, state, jobs });
}

async function copiesNow(): Promise<Transfer[]> {
  return (await api.get<{ transfers: Transfer[] }>('/api/transfers')).transfers;
}

/** The parts that wait in a folder, and whether the hub knows how far each is. */
async function strays(): Promise<string[]> {
  const unknown: string[] = [];
  for (const name of readdirSync(uploaded).filter((entry) => entry.endsWith('.part'))) {
    const id = name.slice('.porthole-'.length, -'.part'.length);
    const url = `/api/devices/${desk.id}/files/uploads/${id}`;
    const headers = { 'tus-resumable': '1.0.0' };
    const { status, headers: told } = await api.request('HEAD', url, { headers });
    const size = statSync(join(uploaded, name), { throwIfNoEntry: false })?.size;
    const isResumable = status === 200 && told['upload-offset'] === String(size);
    // One that is whole is given its name when it is asked for; another try may have taken that, so it goes.
    const isSettled = size === undefined && (status === 200 || status === 409);
    if (!isResumable && !isSettled) unknown.push(`${name}: ${status} ${told['upload-offset']}`);
    await api.request('DELETE', url, { headers });
  }
  return unknown;
}

test(`200 transfers outlive ${KILLS} deaths of browser, hub and devices: each is whole, or is not there`, async () => {
  const copies = Array.from({ length: COUNTS.copies }, (_, at) => beginCopy(at));
  await Promise.all(copies);
  const clients = [startClient(0), startClient(1)];
  after(() => Promise.all(clients.map((client) => client.stop())));
  const victims = [house.hub, desk.agent, lap.agent, ...clients];
  const order = Array.from({ length: KILLS }, () => random.pick(victims));
  const told = () => clients.reduce((sum, client) => sum + client.told, 0);
  const areThrough = () => clients.every(({ isOver }) => isOver);
  const back = new Map<(typeof victims)[number], Promise<void>>();
  let met = 0;
  for (const victim of order) {
    const moment = told() + random.integer(1, 60);
    await eventually('the moment comes', () => areThrough() || told() >= moment, 60_000);
    if (areThrough()) break;
    await back.get(victim);
    victim.kill('SIGKILL');
    met++;
    checkAll();
    back.set(victim, victim.restart());
  }
  await Promise.all(back.values());
  await eventually('the browsers are through', () => clients.every(({ isOver }) => isOver), 90_000);
  assert.deepEqual(
    clients.map(({ errors }) => errors),
    ['', ''],
  );
  const isDone = ({ state }: Transfer) => state === 'done';
  await eventually('the copies are over', async () => (await copiesNow()).every(isDone), 90_000);
  assert.deepEqual(
    (await copiesNow()).flatMap(({ failed }) => failed),
    [],
  );
  assert.ok(met > KILLS / 2, `only ${met} deaths while something was under way`);
  checkAll();
  const wrong = [...allowed].filter(([path, [hash]]) => !abandoned.has(path) && hashOf(path) !== hash);
  assert.deepEqual(
    wrong.map(([path]) => path),
    [],
  );
  assert.deepEqual(await strays(), []);
  const left = [uploaded, copied].flatMap((path) => readdirSync(path).map((name) => join(path, name)));
  assert.deepEqual(
    left.filter((path) => !allowed.has(path)),
    [],
    'nothing else is left',
  );
});
