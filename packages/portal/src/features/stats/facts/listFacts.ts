import type { Device, DeviceFacts } from '@porthole/protocol';
import { formatAgo, formatExact, formatMemory, formatSize, visibleText } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';

/** One line of what a device is. All of it is text that is safe to show. */
export interface FactLine {
  name: string;
  value: string;
  /** More, on hover. */
  title: string | undefined;
  /** Addresses that can be copied. */
  copies: string[];
}

export interface FactGroup {
  title: string;
  lines: FactLine[];
}

interface Known {
  device: Device;
  facts: DeviceFacts | undefined;
  /** Ms since 1970 by this page's clock. */
  now: number;
}

/** What is known of a device, in groups; what it lacks is left out. */
export function listFacts({ device, facts, now }: Known): FactGroup[] {
  const groups: FactGroup[] = [
    { title: texts.health.facts.system, lines: systemLines({ device, facts, now }) },
    { title: texts.health.facts.parts, lines: facts ? partLines(facts) : [] },
    { title: texts.health.facts.drives, lines: (facts?.drives ?? []).map(driveLine) },
    { title: texts.health.facts.network, lines: (facts?.interfaces ?? []).map(interfaceLine) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

function systemLines({ device: { name, description, traits }, facts, now }: Known): FactLine[] {
  const { facts: words } = texts.health;
  const booted = facts?.bootedAt;
  return [
    line(words.name, name),
    line(words.hostname, description.hostname),
    line(words.system, description.system),
    line(words.kernel, facts?.kernel),
    line(words.architecture, description.architecture),
    line(words.maker, facts?.maker),
    line(words.model, facts?.model),
    line(words.virtualisation, facts?.virtualisation),
    line(words.booted, booted && formatAgo(booted, now), booted && formatExact(booted)),
    line(
      words.users,
      facts && facts.users.length > 0 ? facts.users.map((user) => visibleText(user)).join(', ') : undefined,
    ),
    line(words.timeZone, facts?.timeZone === undefined ? undefined : formatZone(facts.timeZone)),
    line(words.clock, traits.clockAhead === undefined ? undefined : describeClock(traits.clockAhead)),
    line(words.agent, description.version),
  ].flat();
}

function partLines({ cpu, memory, gpus, displays, battery }: DeviceFacts): FactLine[] {
  const { facts: words } = texts.health;
  return [
    line(words.cpu, cpu && `${visibleText(cpu.model)}, ${words.cores(cpu.cores, cpu.threads)}`),
    line(words.memory, memory && formatMemory(memory)),
    gpus.flatMap(({ name, memory: own }) => line(words.gpu, own ? `${visibleText(name)}, ${formatMemory(own)}` : name)),
    displays.flatMap(({ name, width, height }) => line(words.display, `${visibleText(name)}, ${width} × ${height}`)),
    battery ? line(words.battery, words.present) : [],
  ].flat();
}

function driveLine({ mount, device, format, size, free, main }: DeviceFacts['drives'][number]): FactLine {
  const words = texts.health;
  const about = `${visibleText(device)}, ${visibleText(format)}`;
  const value = words.freeOf(formatSize(free), formatSize(size));
  return {
    name: visibleText(mount),
    value: main ? `${value}, ${words.facts.mainDrive}` : value,
    title: about,
    copies: [],
  };
}

function interfaceLine({ name, mac, addresses }: DeviceFacts['interfaces'][number]): FactLine {
  // What people type has no length of its network; that is on hover.
  const plain = addresses.map((address) => visibleText(address.split('/')[0] ?? '', 64));
  return {
    name: visibleText(name),
    value: '',
    title: addresses.map((address) => visibleText(address, 64)).join('\n') || undefined,
    copies: [...new Set([...(mac === undefined ? [] : [mac]), ...plain])],
  };
}

function line(name: string, value: string | undefined | 0, title?: string | 0): FactLine[] {
  if (value === undefined || value === 0 || value === '') return [];
  return [{ name, value: visibleText(value), title: title || undefined, copies: [] }];
}

/** Minutes east of UTC as `UTC+05:30`. */
export function formatZone(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `UTC${minutes < 0 ? '−' : '+'}${hours}:${rest}`;
}

/** Less is the measurement's own error. */
const RIGHT_MS = 1_000;

function describeClock(ahead: number): string {
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  if (Math.abs(ahead) < RIGHT_MS) return texts.health.facts.clockRight;
  return ahead > 0 ? texts.health.facts.clockAhead(seconds) : texts.health.facts.clockBehind(seconds);
}
