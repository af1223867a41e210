/** What the portal says about the command palette. Part of `texts`. */
export const paletteTexts = {
  title: 'Commands',
  open: 'Commands (Ctrl K)',
  hint: 'Go to a device, or do something',
  none: 'Nothing of that name.',
  beside: 'Device to show beside',
  besideHint: 'Device to show beside these panels',
  screen: {
    take: 'Take control',
    release: 'Release control',
    fullScreen: 'Full screen',
    fullScreenWords: 'fullscreen',
    fit: 'Fit the screen to its panel',
    actual: 'Screen pixel by pixel',
  },
  files: { upload: 'Upload files' },
  terminal: { add: 'New terminal' },
  pages: {
    home: 'All devices',
    run: 'Run on devices',
    alerts: 'Alerts',
    settings: 'Settings',
    signOut: 'Sign out',
  },
};
