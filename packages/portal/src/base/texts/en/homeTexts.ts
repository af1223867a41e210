/** What the portal says about the list of devices. Part of `texts`. */
export const homeTexts = {
  home: {
    title: 'Devices',
    search: 'Search devices',
    searchHint: 'Search',
    none: (query: string) => `No device matches “${query}”.`,
    clear: 'Clear search',
    count: (online: number, total: number) => `${online} of ${total} online`,
    addDevice: 'Add device',
    loading: 'Loading devices',
  },
  add: {
    title: 'Add a device',
    intro: 'Run this on the device you want to reach. It needs Node and a copy of Porthole; it opens no port.',
    notAdmin: 'No devices yet. An administrator of this hub can add one.',
    show: 'Show the command',
    copy: 'Copy',
    copied: 'Copied',
    command: 'Command to run on the new device',
    valid: (moment: string) => `Works once, until ${moment}.`,
    expired: 'This command has expired.',
    renew: 'New command',
    arrives: 'The device appears here as soon as it connects.',
    close: 'Done',
  },
};
