import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  DEFAULT_SENDING_SETTINGS,
  type DeviceFacts,
  deviceFacts,
  type FeatureName,
  type SendingSettings,
} from '@porthole/protocol';
import { deviceIdOf } from '../../packages/hub/src/base/identity.ts';
import { eventually } from '../support/eventually.ts';
import { type Program, porthole } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { WireHub, type WireHubLink } from './wireHub.ts';

const hub = await WireHub.start();
after(() => hub[Symbol.asyncDispose]());
/** Programs that stand in for those that lock and end the machine, and write down that they ran. */
const programs = new TempDir();
after(() => programs.close());
const log = join(programs.path, 'log');
for (const name of ['lock', 'restart']) {
  writeFileSync(join(programs.path, name), `#!/bin/sh\necho ${name} >>'${log}'\n`);
  chmodSync(join(programs.path, name), 0o755);
}
const folder = new TempDir();
after(() => folder.close());

/** A real agent, and its interactive connection to this hub. */
class Called implements AsyncDisposable {
  readonly link: WireHubLink;
  readonly #program: Program;
  readonly #device: string;
  static #channel = 0;

  private constructor(program: Program, link: WireHubLink, device: string) {
    this.#program = program;
    this.link = link;
    this.#device = device;
  }

  static async begin(data = folder.path): Promise<Called> {
    const at = hub.links.length;
    const args = ['agent', '--hub', hub.url, '--token', hub.token, '--data', data, '--display', 'fake'];
    const env = { PORTHOLE_TOKEN: undefined, PORTHOLE_POWER_PROGRAMS: programs.path };
    const program = porthole(args, { env });
    const link = await hub.link(at);
    const { publicKey } = await hub.welcome(link);
    await program.printed(/^Connected to /m);
    return new Called(program, link, deviceIdOf(publicKey));
  }

  open(feature: FeatureName, params: Record<string, unknown>): number {
    const channel = ++Called.#channel;
    this.link.say({ type: 'channel.open', grant: hub.grant(this.link, this.#device, channel, feature), params });
    return channel;
  }

  /** What the agent said of the channel so far: `opened`, and why it closed. */
  said(channel: number): string[] {
    return this.link.texts.flatMap((text) => {
      const message = JSON.parse(text);
      if (message.channel !== channel) return [];
      return [message.type === 'channel.closed' ? message.code : message.type.replace('channel.', '')];
    });
  }

  async became(channel: number, ...expected: string[]): Promise<void> {
    await eventually(`channel ${channel} is ${expected}`, () => this.said(channel).length >= expected.length);
    assert.deepEqual(this.said(channel), expected);
  }

  set(change: Partial<SendingSettings>): void {
    this.link.say({ type: 'sending.settings', settings: { ...DEFAULT_SENDING_SETTINGS, ...change } });
  }

  async facts(): Promise<DeviceFacts> {
    const text = await eventually('the agent tells its facts', () =>
      this.link.texts.find((each) => each.includes('"facts"')),
    );
    return deviceFacts.parse(JSON.parse(text).facts);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.stop();
  }
}

const id = (n: number) => String(n).padStart(22, 'x');
/** Hours that this moment is not in, and will not be for the next ones. */
function otherHours(): { from: number; to: number } {
  const now = new Date().getHours() * 60 + new Date().getMinutes();
  return { from: (now + 120) % 1_440, to: (now + 240) % 1_440 };
}
const LIVE = { operation: 'sample', intervalMs: 1_000 };
const RECORD = { operation: 'sample', intervalMs: 60_000 };

test('what a device is comes by itself once it is connected, and says what can be done to it', async () => {
  await using agent = await Called.begin();
  const facts = await agent.facts();
  assert.ok(facts.drives[0]?.main && facts.interfaces.length > 0);
  assert.deepEqual(facts.power, ['lock', 'restart']);
});

test('the machine does what it is asked once, however often it is asked, and says what it cannot', async () => {
  await using agent = await Called.begin();
  await agent.became(agent.open('power', { id: id(1), action: 'restart' }), 'opened', 'channel.closed');
  await agent.became(agent.open('power', { id: id(1), action: 'restart' }), 'opened', 'channel.closed');
  await agent.became(agent.open('power', { id: id(2), action: 'shutDown' }), 'power.unsupported');
  await agent.became(agent.open('power', { id: id(3), action: 'format' }), 'request.invalid');
  await agent.became(agent.open('power', { id: id(4), action: 'lock', argument: '; true' }), 'request.invalid');
  assert.equal(readFileSync(log, 'utf8'), 'restart\n');
});

test('an owner who withholds power is obeyed', async () => {
  using own = new TempDir();
  chmodSync(own.path, 0o700);
  writeFileSync(join(own.path, 'policy.json'), '{"allow": ["view", "stats"]}');
  await using agent = await Called.begin(own.path);
  await agent.became(agent.open('power', { id: id(5), action: 'restart' }), 'policy.denied');
  const wake = { id: id(6), action: 'wake', mac: '02:00:00:00:00:01' };
  await agent.became(agent.open('power', wake), 'policy.denied');
  assert.equal(readFileSync(log, 'utf8').split('restart').length, 2, 'nothing more was run');
});

test('outside of its hours a device sends nothing live, at once and after a restart, but goes on with its record', async () => {
  {
    await using agent = await Called.begin();
    agent.set({});
    const record = agent.open('stats', RECORD);
    const live = ['sample', 'health', 'processes'].map((operation) => agent.open('stats', { ...LIVE, operation }));
    const screen = agent.open('screen', { monitor: '' });
    for (const channel of [record, ...live, screen]) await eventually('it opens', () => agent.said(channel).length > 0);
    agent.set({ hours: otherHours() });
    for (const channel of [...live, screen]) {
      await eventually('it is closed', () => agent.said(channel).at(-1) === 'feature.off');
    }
    assert.deepEqual(agent.said(record), ['opened']);
    await agent.became(agent.open('screen', { monitor: '' }), 'feature.off');
  }
  await using agent = await Called.begin();
  await agent.became(agent.open('stats', LIVE), 'feature.off');
  await agent.became(agent.open('stats', RECORD), 'opened');
  agent.set({ hours: null });
  await agent.became(agent.open('stats', LIVE), 'opened');
});
