import { count } from './count.ts';

/** What the portal says about switching machines off and on. Part of `texts`. */
export const powerTexts = {
  label: 'Power',
  actions: { lock: 'Lock', sleep: 'Sleep', restart: 'Restart', shutDown: 'Shut down' },
  /** Other words by which people look for it. */
  words: { lock: 'screen', sleep: 'suspend standby', restart: 'reboot', shutDown: 'power off switch off halt' },
  title: {
    lock: (name: string) => `Lock ${name}?`,
    sleep: (name: string) => `Put ${name} to sleep?`,
    restart: (name: string) => `Restart ${name}?`,
    shutDown: (name: string) => `Shut ${name} down?`,
  },
  what: {
    lock: 'Whoever sits there has to sign in again. Programs go on running.',
    sleep: 'It goes offline at once and stays so until somebody wakes it. Programs go on where they were.',
    restart:
      'All programs there end; what they have not saved is lost. It comes back online by itself when its agent starts with the system.',
    shutDown:
      'All programs there end; what they have not saved is lost. It stays offline until somebody switches it on, or wakes it over the network.',
  },
  done: {
    lock: (name: string) => `${name} is locked.`,
    sleep: (name: string) => `${name} goes to sleep.`,
    restart: (name: string) => `${name} restarts.`,
    shutDown: (name: string) => `${name} shuts down.`,
  },
  cancel: 'Cancel',
  wake: 'Wake',
  wakeOf: (name: string) => `Wake ${name}`,
  sentByHub: 'The hub sent the signal.',
  sentByDevices: (n: number) =>
    n === 1 ? 'One other device sent the signal.' : `${count(n)} other devices sent the signal.`,
  sentByBoth: (n: number) =>
    n === 1
      ? 'The hub and one other device sent the signal.'
      : `The hub and ${count(n)} other devices sent the signal.`,
  waiting: 'Waiting for it to wake…',
  late: 'It has not come online within two minutes. It may be unplugged, or not be set up to wake over the network.',
};
