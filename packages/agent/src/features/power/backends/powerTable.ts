import { PortholeError, type PowerAction } from '@porthole/protocol';

/** A program of the system and its arguments. */
export type Argv = readonly [string, ...string[]];

/** What a system is asked to do; each list is tried in its order, by the first whose program is there. */
export type PowerTable = Readonly<Record<PowerAction, readonly Argv[]>>;

/** Linux. A machine without systemd has no service that locks or sleeps, but can always be ended. */
export const LINUX_POWER: PowerTable = {
  lock: [
    ['/usr/bin/loginctl', 'lock-sessions'],
    ['/usr/bin/xdg-screensaver', 'lock'],
  ],
  sleep: [['/usr/bin/systemctl', '--no-block', 'suspend'], ['/usr/sbin/pm-suspend']],
  restart: [['/usr/bin/systemctl', '--no-block', 'reboot'], ['/sbin/shutdown', '-r', 'now'], ['/sbin/reboot']],
  shutDown: [['/usr/bin/systemctl', '--no-block', 'poweroff'], ['/sbin/shutdown', '-h', 'now'], ['/sbin/poweroff']],
};

/** Other programs in place of those of the system, one for each action by its name: for trials. */
export function standInPower(folder: string): PowerTable {
  const of = (action: PowerAction): readonly Argv[] => [[`${folder}/${action}`]];
  return { lock: of('lock'), sleep: of('sleep'), restart: of('restart'), shutDown: of('shutDown') };
}

/** macOS. */
export const MAC_POWER: PowerTable = {
  lock: [['/System/Library/CoreServices/Menu Extras/User.menu/Contents/Resources/CGSession', '-suspend']],
  sleep: [['/usr/bin/pmset', 'sleepnow']],
  restart: [['/sbin/shutdown', '-r', 'now']],
  shutDown: [['/sbin/shutdown', '-h', 'now']],
};

/** Windows; `root` is where it is installed. */
export function windowsPower(root: string): PowerTable {
  const library = `${root}\\System32\\rundll32.exe`;
  const shutdown = `${root}\\System32\\shutdown.exe`;
  return {
    lock: [[library, 'user32.dll,LockWorkStation']],
    sleep: [[library, 'powrprof.dll,SetSuspendState', '0,1,0']],
    restart: [[shutdown, '/r', '/t', '0']],
    shutDown: [[shutdown, '/s', '/t', '0']],
  };
}

/** What would be run; throws `power.unsupported` when nothing of it is there. */
export function chooseArgv(table: PowerTable, action: PowerAction, isThere: (program: string) => boolean): Argv {
  const argv = table[action].find(([program]) => isThere(program));
  if (!argv) throw new PortholeError('power.unsupported');
  return argv;
}
