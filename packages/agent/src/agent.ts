import {
  type Description,
  type ErrorCode,
  type FeatureName,
  PortholeError,
  parseMessage,
  parseToken,
  toAgent,
} from '@porthole/protocol';
import type { Logger } from 'pino';
import { ChannelHost, type FeatureHandler } from './base/channelHost.ts';
import { type DeviceIdentity, loadDeviceIdentity } from './base/deviceIdentity.ts';
import { HubLink } from './base/hubLink.ts';
import { Memory } from './base/memory.ts';
import { loadOwnerPolicy, type OwnerPolicy } from './base/ownerPolicy.ts';
import { AgentFailure, openPrivateFolder } from './base/privateFile.ts';
import { isLiveFeed, SendingHours } from './base/sendingHours.ts';
import { CommandsFeature } from './features/commands/commands.ts';
import type { FilesFeature } from './features/files/files.ts';
import { openFiles } from './features/files/openFiles.ts';
import { InputFeature } from './features/input/input.ts';
import { PowerFeature } from './features/power/power.ts';
import { ScreenFeature } from './features/screen/screen.ts';
import { ScreenProcess } from './features/screen/screenProcess.ts';
import { FactsWatch } from './features/stats/factsWatch.ts';
import { StatsFeature } from './features/stats/stats.ts';
import { TerminalFeature } from './features/terminal/terminal.ts';
import { ThumbnailFeature } from './features/thumbnail/thumbnail.ts';
import {
  describeSystem,
  detectFiles,
  detectPlatform,
  detectPower,
  detectPrograms,
  detectStats,
} from './platform/detect.ts';

export interface AgentOptions {
  folder: string;
  /** Not needed when this device is enrolled already. */
  hub?: string | undefined;
  token?: string | undefined;
  name?: string | undefined;
  display?: string | undefined;
  log: Logger;
  /** Called at every connection. */
  connected: (url: string, name: string) => void;
  /** Trouble that the person should know of, in one sentence; the agent goes on trying. */
  trouble: (sentence: string) => void;
  /** Trouble that ends the agent, in one sentence. */
  failed: (sentence: string) => void;
}

type LinkKind = 'interactive' | 'bulk';

/** The program on a device: dials out to its one hub, and serves the features that its owner allows. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #identity: DeviceIdentity;
  readonly #memory: Memory;
  readonly #policy: OwnerPolicy;
  readonly #hub: { url: string; publicKey: string };
  readonly #secret: string | undefined;
  readonly #screen: ScreenProcess;
  readonly #files: FilesFeature;
  readonly #terminal: TerminalFeature;
  readonly #commands: CommandsFeature;
  readonly #stats: StatsFeature;
  readonly #facts: FactsWatch;
  readonly #hours: SendingHours;
  readonly #handlers: Record<FeatureName, FeatureHandler>;
  readonly #description: Description = describeSystem();
  readonly #links = new Map<LinkKind, HubLink>();
  readonly #hosts = new Map<LinkKind, ChannelHost>();
  #troubled = false;

  constructor(options: AgentOptions) {
    this.#options = options;
    openPrivateFolder(options.folder);
    this.#identity = loadDeviceIdentity(options.folder);
    this.#memory = new Memory(options.folder);
    this.#policy = loadOwnerPolicy(options.folder);
    const token = options.token === undefined ? undefined : parseToken(options.token);
    this.#secret = token?.secret;
    this.#hub = chooseHub(options.hub, token?.hubKey, this.#memory.hub);
    const { display, openInput, displays } = detectPlatform(options.display);
    const screen = new ScreenFeature(() => this.#screen);
    this.#screen = new ScreenProcess({ display, log: options.log, output: screen, trouble: options.trouble });
    this.#files = openFiles({ backend: detectFiles(), policy: this.#policy, folder: options.folder, log: options.log });
    const programs = detectPrograms(this.#policy.programs);
    this.#commands = new CommandsFeature(programs);
    this.#terminal = new TerminalFeature({
      folder: options.folder,
      policy: this.#policy.programs,
      programs,
      settings: this.#memory.terminalSettings,
      log: options.log,
    });
    const [stats, power] = [detectStats(), detectPower()];
    this.#stats = new StatsFeature(stats);
    this.#facts = new FactsWatch({
      read: async () => ({ ...(await stats.facts()), displays: await displays(), power: power.available() }),
      glance: () => stats.glance(),
      changed: (facts) => this.#links.get('interactive')?.send({ type: 'state', facts }),
    });
    this.#hours = new SendingHours(() => this.#closeOff());
    this.#hours.set(this.#memory.sendingSettings.hours);
    this.#handlers = {
      screen,
      input: new InputFeature({ open: openInput, display, seatTaken: (viewer) => this.#screen.control(viewer) }),
      stats: this.#stats,
      thumbnail: new ThumbnailFeature((maxWidth) => this.#screen.still(maxWidth)),
      files: this.#files,
      terminal: this.#terminal,
      commands: this.#commands,
      power: new PowerFeature(power),
    };
  }

  start(): void {
    this.#open('interactive');
  }

  /** Says goodbye to the hub and ends everything. */
  async close(): Promise<void> {
    this.#closeChannels();
    await Promise.all([...this.#links.values()].map((link) => link.close()));
    // The hub may have opened some until it heard the goodbye.
    this.#closeChannels();
    this.#hours.close();
    this.#facts.close();
    this.#stats.close();
    this.#screen.close();
    this.#files.close();
    await Promise.all([this.#terminal.close(), this.#commands.close()]);
  }

  #open(kind: LinkKind): void {
    const link = new HubLink({
      url: this.#hub.url,
      hubKey: this.#hub.publicKey,
      identity: this.#identity,
      introduction: () => this.#introduction(kind),
      isKnown: kind === 'bulk',
      events: {
        connected: ({ name, binding }) => this.#connected(kind, name, binding),
        text: (text) => this.#receive(kind, text),
        frame: (frame) => this.#hosts.get(kind)?.receive(frame),
        lost: (error, retry) => this.#lost(kind, error, retry),
      },
    });
    const host = new ChannelHost({
      deviceId: this.#identity.id,
      hubKey: this.#hub.publicKey,
      kind,
      policy: this.#policy,
      isOn: (feature, params) => this.#memory.toggles[feature] && (this.#hours.isOpen || !isLiveFeed(feature, params)),
      handlers: this.#handlers,
      carrier: link,
    });
    this.#links.set(kind, link);
    this.#hosts.set(kind, host);
  }

  /** Ends what is switched off, by a person or by the time of day. */
  #closeOff(): void {
    for (const host of this.#hosts.values()) host.closeOff();
  }

  #closeChannels(): void {
    for (const host of this.#hosts.values()) host.closeAll();
  }

  #introduction(link: LinkKind) {
    const { toggles } = this.#memory;
    const common = { link, description: this.#description, toggles };
    if (link === 'bulk' || this.#secret === undefined) return common;
    const { name } = this.#options;
    return { ...common, token: this.#secret, ...(name === undefined ? {} : { name }) };
  }

  #connected(kind: LinkKind, name: string, binding: string): void {
    this.#hosts.get(kind)?.reset(binding);
    if (kind === 'bulk') return;
    this.#troubled = false;
    this.#memory.rememberHub(this.#hub);
    this.#options.connected(this.#hub.url, name);
    this.#tellFacts();
    if (!this.#links.has('bulk')) this.#open('bulk');
  }

  #lost(kind: LinkKind, error: Error, retry: boolean): void {
    this.#hosts.get(kind)?.closeAll();
    if (!retry) return this.#options.failed(sentenceOf(error, this.#hub.url));
    // The bulk connection follows the fate of the other one; one outage is told once.
    if (kind === 'bulk' || this.#troubled) return;
    this.#troubled = true;
    this.#options.trouble(`${sentenceOf(error, this.#hub.url)} Trying again.`);
  }

  #receive(kind: LinkKind, text: string): void {
    const message = parseMessage(toAgent, text);
    const host = this.#hosts.get(kind);
    switch (message.type) {
      case 'channel.open':
        return host?.open(message.grant, message.params);
      case 'channel.close':
        return host?.release(message.channel);
      case 'channel.lagged':
        return host?.lagged(message.channel);
      case 'toggle.set':
        return this.#toggle(message.request, message.feature, message.on);
      case 'terminal.settings':
        this.#memory.setTerminal(message.settings);
        return this.#terminal.set(message.settings);
      case 'sending.settings':
        this.#memory.setSending(message.settings);
        return this.#hours.set(message.settings.hours);
    }
  }

  /** What is known already goes at once; looking begins with the first hub that lets this device in. */
  #tellFacts(): void {
    const { facts } = this.#facts;
    if (facts) this.#links.get('interactive')?.send({ type: 'state', facts });
    this.#facts.start();
  }

  /** Remembered first, then obeyed, then told: a crash in between never leaves a feature on that was switched off. */
  #toggle(request: number, feature: FeatureName, on: boolean): void {
    this.#memory.setToggle(feature, on);
    if (!on) this.#closeOff();
    const link = this.#links.get('interactive');
    link?.send({ type: 'state', toggles: this.#memory.toggles });
    link?.send({ type: 'reply', request });
  }
}

/** The hub to call and the key to expect: a token's word counts before what is remembered. */
function chooseHub(
  url: string | undefined,
  tokenKey: string | undefined,
  known: Memory['hub'],
): { url: string; publicKey: string } {
  const publicKey = tokenKey ?? known?.publicKey;
  const chosen = url ?? known?.url;
  if (!publicKey) throw new AgentFailure('This device is not enrolled yet: pass --token with a token from the hub.');
  if (!chosen) throw new AgentFailure('Which hub? Pass --hub with its URL.');
  if (!URL.canParse(chosen) || new URL(chosen).protocol !== 'https:') {
    throw new AgentFailure(`${chosen} is not the URL of a hub: it must begin with https://.`);
  }
  return { url: new URL(chosen).origin, publicKey };
}

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  'hub.identity': 'is not the hub that this device was enrolled at (its identity key differs).',
  'device.unknown': 'does not know this device: it was removed there, or was never enrolled.',
  'link.replaced': 'was called by another agent with the same device key; only one can run.',
};

function sentenceOf(error: Error, url: string): string {
  if (!(error instanceof PortholeError)) return `The hub at ${url} cannot be reached (${error.message || error.name}).`;
  const known = SENTENCES[error.code];
  return known ? `The hub at ${url} ${known}` : `The hub at ${url} refused: ${error.message}`;
}
