import { readFileSync } from 'node:fs';
import { arch, hostname, release, type } from 'node:os';
import { type Description, PortholeError, PRODUCT_VERSION } from '@porthole/protocol';
import type { FileBackend } from '../features/files/backend.ts';
import { LinuxFiles } from '../features/files/backends/linux.ts';
import { PlainFiles } from '../features/files/backends/plain.ts';
import type { OpenInput } from '../features/input/backend.ts';
import { openFakeInput } from '../features/input/backends/fake.ts';
import { openX11Input } from '../features/input/backends/x11.ts';
import type { OpenScreen } from '../features/screen/backend.ts';
import { openFakeScreen } from '../features/screen/backends/fake.ts';
import { openX11Screen } from '../features/screen/backends/x11.ts';
import { LinuxPrograms } from './programs/linuxPrograms.ts';
import { MacPrograms } from './programs/macPrograms.ts';
import type { ProgramPolicy, Programs } from './programs/programs.ts';
import { WindowsPrograms } from './programs/windowsPrograms.ts';

/** How this machine's screen is seen and used. `display` is '' when there is none; the openers then reject and say why. */
export interface Platform {
  openScreen: OpenScreen;
  openInput: OpenInput;
  display: string;
}

/** Name of the display that needs no system at all. */
export const FAKE_DISPLAY = 'fake';

/** Picks the backends for `display`, or for $DISPLAY when none is given. The one place that asks which system this is. */
export function detectPlatform(display: string | undefined): Platform {
  const name = display || process.env.DISPLAY || '';
  if (name === FAKE_DISPLAY) return { openScreen: openFakeScreen, openInput: openFakeInput, display: name };
  if (process.platform !== 'linux') {
    return without(new PortholeError('feature.unsupported', `Screens of ${type()} are not supported yet.`));
  }
  if (name === '') return without(new PortholeError('display.missing', noDisplay()));
  return { openScreen: openX11Screen, openInput: openX11Input, display: name };
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
  return { openScreen: refuse, openInput: refuse, display: '' };
}

function noDisplay(): string {
  if (process.env.WAYLAND_DISPLAY) return 'This is a Wayland session without X11, which is not supported yet.';
  return 'No display was named and DISPLAY is not set; give one with --display :0.';
}
