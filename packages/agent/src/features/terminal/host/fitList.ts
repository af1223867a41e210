import { type TerminalList, type TerminalSession, utf8 } from '@porthole/protocol';

/** What a list may be in one message, in bytes: it has to fit into the window of its channel. */
const MAX_LIST = 96 * 1024;

/** The list, with texts cut and details left out as far as it takes to fit into one message. */
export function fitList(list: TerminalList): TerminalList {
  for (const length of [256, 64, 24]) {
    const cut = { ...list, sessions: list.sessions.map((session) => shorten(session, length)) };
    if (utf8(JSON.stringify(cut)).byteLength <= MAX_LIST) return cut;
  }
  return { ...list, sessions: list.sessions.map((session) => ({ ...shorten(session, 8), viewers: [] })) };
}

function shorten({ folder, ...session }: TerminalSession, length: number): TerminalSession {
  const cut = (text: string) => text.slice(0, length).toWellFormed();
  return {
    ...session,
    name: cut(session.name),
    title: cut(session.title),
    command: cut(session.command),
    // Half a path is none.
    ...(folder !== undefined && folder.length <= 4 * length ? { folder } : {}),
  };
}
