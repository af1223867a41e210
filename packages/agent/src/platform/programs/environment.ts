import type { Account } from './account.ts';

const PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games';
const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What is the agent's own session's, and of use only to the account that it runs as. */
const OF_THE_SESSION = ['XDG_RUNTIME_DIR', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'];

export type Environment = Record<string, string>;

/**
 * The environment of a program that a person runs: what is named here and nothing else, so that nothing of the agent's own
 * reaches it. `own`: that of the agent; `isOwn`: the account is the one that the agent runs as.
 */
export function environmentFor(account: Account, own: NodeJS.ProcessEnv, isOwn: boolean): Environment {
  const inherited = isOwn ? ['PATH', ...OF_THE_SESSION] : [];
  return {
    PATH: account.uid === 0 ? ROOT_PATH : PATH,
    ...pick(own, ['TZ', ...inherited]),
    HOME: account.home,
    USER: account.name,
    LOGNAME: account.name,
    SHELL: account.shell,
    LANG: utf8Locale(own),
  };
}

/** What a program has in a terminal besides. */
export const TERMINAL_ENVIRONMENT: Environment = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };

/** The locale of the agent where it is UTF-8, else the one that every system has. */
function utf8Locale(own: NodeJS.ProcessEnv): string {
  const locale = own.LC_ALL || own.LC_CTYPE || own.LANG || '';
  return /utf-?8/i.test(locale) ? locale : 'C.UTF-8';
}

/** Those of `names` that are set. */
export function pick(own: NodeJS.ProcessEnv, names: readonly string[]): Environment {
  return Object.fromEntries(names.flatMap((name) => (own[name] ? [[name, own[name]]] : [])));
}
