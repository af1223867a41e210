/** An account of this system. Numbers are left out where the system has none. */
export interface Account {
  name: string;
  uid?: number;
  gid?: number;
  home: string;
  /** The login shell that it has chosen. */
  shell: string;
}

/** The row of `name` in the text of a passwd file, or the first of user number `name`. */
export function accountIn(passwd: string, name: string | number): Account | undefined {
  for (const line of passwd.split('\n')) {
    const [user = '', , uid = '', gid = '', , home = '', shell = ''] = line.split(':');
    if (!/^\d+$/.test(uid) || !/^\d+$/.test(gid) || user === '') continue;
    if (typeof name === 'number' ? Number(uid) !== name : user !== name) continue;
    return { name: user, uid: Number(uid), gid: Number(gid), home: home || '/', shell: shell || '/bin/sh' };
  }
  return undefined;
}
