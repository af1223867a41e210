/** What the portal says about what stands everywhere. Part of `texts`. */
export const generalTexts = {
  product: 'Porthole',
  time: {
    now: 'just now',
    minutes: (n: number) => `${n} min ago`,
    hours: (n: number) => `${n} h ago`,
    days: (n: number) => (n === 1 ? '1 day ago' : `${n} days ago`),
    unknown: 'unknown',
  },
  rail: {
    label: 'Main',
    home: 'Devices',
    run: 'Run on devices',
    settings: 'Settings',
    account: (user: string) => `Account of ${user}`,
    signedInAs: (user: string, role: string) => `Signed in as ${user} (${role})`,
    signOut: 'Sign out',
    certificate: 'Certificate authority',
  },
  link: {
    connecting: 'Connecting to the hub…',
    reconnecting: 'Connection to the hub lost. Reconnecting…',
    unreachable: 'The hub cannot be reached. Nothing was changed.',
    retry: 'Try again',
    broken: 'Something went wrong in this page. Nothing on your devices was changed.',
    reload: 'Reload the page',
  },
};
