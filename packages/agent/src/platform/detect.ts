import { existsSync, readFileSync } from 'node:fs';
import { arch, hostname, release, type } from 'node:os';
import { type Description, PortholeError, PRODUCT_VERSION } from '@porthole/protocol';
import type { FileBackend } from '../features/files/backend.ts';
import { LinuxFiles } from '../features/files/backends/linux.ts';
import { PlainFiles } from '../features/files/backends/plain.ts';
import type { OpenInput } from '../features/input/backend.ts';
import { openFakeInput } from '../features/input/backends/fake.ts';
import { openX11Input } from '../features/input/backends/x11.ts';
import type { PowerBackend } from '../features/power/backend.ts';
import {
  LINUX_POWER,
  MAC_POWER,
  type PowerTable,
  standInPower,
  windowsPower,
} from '../features/power/backends/powerTable.ts';
import { type FoundProcess, ProcessEnder } from '../features/power/backends/processEnder.ts';
import { SystemPower } from '../features/power/backends/systemPower.ts';
import type { OpenScreen } from '../features/screen/backend.ts';
import { openFakeScreen } from '../features/screen/backends/fake.ts';
import { openX11Screen } from '../features/screen/backends/x11.ts';
import type { StatsBackend } from '../features/stats/backend.ts';
import { LinuxStats } from '../features/stats/backends/linux/linuxStats.ts';
import { OtherStats } from '../features/stats/backends/other/otherStats.ts';
import { startTime } from './bootTime.ts';
import { findOtherProcess } from './otherProcesses.ts';
import { pick } from './programs/environment.ts';
import { LinuxPrograms } from './programs/linuxPrograms.ts';
import { MacPrograms } from './programs/macPrograms.ts';
import { readProcess } from './programs/processTable.ts';
import type { ProgramPolicy, Programs } from './programs/programs.ts';
import { WindowsPrograms } from './programs/windowsPrograms.ts';
import { type DisplaySize, readDisplays } from './x11/displays.ts';

/** How this machine's screen is seen and used. `display` is '' when there is none; the openers then reject and say why. */
export interface Platform {
  openScreen: OpenScreen;
  openInput: OpenInput;
  display: string;
  /** The monitors; none where nothing tells. */
  displays(): Promise<DisplaySize[]>;
}

/** Name of the display that needs no system at all. */
export const FAKE_DISPLAY = 'fake';

/** Picks the backends for `display`, or for $DISPLAY when none is given. The one place that asks which system this is. */
export function detectPlatform(display: string | undefined): Platform {
  const name = display || process.env.DISPLAY || '';
  if (name === FAKE_DISPLAY) {
    return { openScreen: openFakeScreen, openInput: openFakeInput, display: name, displays: () => Promise.resolve([]) };
  }
  if (process.platform !== 'linux') {
    return without(new PortholeError('feature.unsupported', `Screens of ${type()} are not supported yet.`));
  }
  if (name === '') return without(new PortholeError('display.missing', noDisplay()));
  return { openScreen: openX11Screen, openInput: openX11Input, display: name, displays: () => readDisplays(name) };
}

/** How this machine's files are reached. */
export function detectFiles(): FileBackend {
  return process.platform === 'linux' ? new LinuxFiles() : new PlainFiles();
}

/** How programs are run here that people ask for. */
export function detectPrograms(policy: ProgramPolicy): Programs {
  if (process.platform === 'win32') return new WindowsPrograms(policy, process.env);
  if (process.platform === 'darwin') return new MacPrograms(policy, process.env);
  return new LinuxPrograms(policy, process.env);
}

/** How this machine is looked at. */
export function detectStats(): StatsBackend {
  if (process.platform === 'linux') return new LinuxStats();
  const main = process.platform === 'win32' ? (process.env.SystemDrive ?? 'C:') : '/';
  return new OtherStats({ isMain: (mount) => mount.replace(/\\$/, '').toLowerCase() === main.toLowerCase() });
}

/** Stands in for the programs that lock, restart and end the machine, so that these can be tried. */
const STAND_IN = 'PORTHOLE_POWER_PROGRAMS';
/** What those programs need to find the session of a person, and Windows to run at all. */
const POWER_ENVIRONMENT = [
  ...['PATH', 'HOME', 'DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'],
  ...['SystemRoot', 'SystemDrive', 'TEMP'],
];

/** What can be done to this machine, and to what runs on it. */
export function detectPower(): PowerBackend {
  const folder = process.env[STAND_IN];
  const find = process.platform === 'linux' ? findLinuxProcess : findOtherProcess;
  return new SystemPower({
    table: folder ? standInPower(folder) : systemPower(),
    ender: new ProcessEnder({ find, own: process.pid }),
    environment: pick(process.env, POWER_ENVIRONMENT),
  });
}

/** There is such a file where the kernel of Linux can let the machine sleep. */
const SUSPEND = '/sys/power/mem_sleep';

function systemPower(): PowerTable {
  if (process.platform === 'win32') return windowsPower(process.env.SystemRoot ?? 'C:\\Windows');
  if (process.platform === 'darwin') return MAC_POWER;
  return existsSync(SUSPEND) ? LINUX_POWER : { ...LINUX_POWER, sleep: [] };
}

/** The kernel's own parts are all started by one of them. */
const KERNEL = 2;

async function findLinuxProcess(pid: number): Promise<FoundProcess | undefined> {
  const row = readProcess(pid);
  if (!row || row.isDead) return undefined;
  return { parent: row.parent, started: startTime(row.startedAt), isKernel: pid === KERNEL || row.parent === KERNEL };
}

/** What this machine says of itself: host name, system such as 'Debian GNU/Linux 12 (bookworm)', architecture, version. */
export function describeSystem(): Description {
  return {
    hostname: hostname().slice(0, 255),
    system: (prettyName() ?? `${type()} ${release()}`).slice(0, 120),
    architecture: arch().slice(0, 32),
    version: PRODUCT_VERSION,
  };
}

/** PRETTY_NAME out of the text of an os-release file, quotes removed. */
export function parsePrettyName(osRelease: string): string | undefined {
  const [, value = ''] = /^PRETTY_NAME=(.*)$/m.exec(osRelease) ?? [];
  const name = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  return name === '' ? undefined : name;
}

function prettyName(): string | undefined {
  try {
    return parsePrettyName(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return undefined;
  }
}

function without(error: PortholeError): Platform {
  const refuse = (): Promise<never> => Promise.reject(error);
  return { openScreen: refuse, openInput: refuse, display: '', displays: () => Promise.resolve([]) };
}

function noDisplay(): string {
  if (process.env.WAYLAND_DISPLAY) return 'This is a Wayland session without X11, which is not supported yet.';
  return 'No display was named and DISPLAY is not set; give one with --display :0.';
}
