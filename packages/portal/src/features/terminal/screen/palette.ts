import type { ITheme } from '@xterm/xterm';

/** The greys of the page and colours that go with them. What a program combines badly is corrected as it is drawn. */
const DARK: ITheme = {
  background: '#1b1b1e',
  foreground: '#e8e8ea',
  cursor: '#e8e8ea',
  cursorAccent: '#1b1b1e',
  selectionBackground: '#3d4d80',
  selectionInactiveBackground: '#38383f',
  scrollbarSliderBackground: '#9b9ba455',
  scrollbarSliderHoverBackground: '#9b9ba488',
  scrollbarSliderActiveBackground: '#9b9ba4aa',
  black: '#2c2c31',
  red: '#f2776f',
  green: '#4cc26f',
  yellow: '#e3a53b',
  blue: '#8fa8ee',
  magenta: '#d692e0',
  cyan: '#4fc1cd',
  white: '#d0d0d4',
  brightBlack: '#9b9ba4',
  brightRed: '#ff9c95',
  brightGreen: '#7ddc97',
  brightYellow: '#f2c46d',
  brightBlue: '#b3c4f5',
  brightMagenta: '#e8b5ef',
  brightCyan: '#84dbe4',
  brightWhite: '#ffffff',
};

const LIGHT: ITheme = {
  background: '#ffffff',
  foreground: '#1c1c1f',
  cursor: '#1c1c1f',
  cursorAccent: '#ffffff',
  selectionBackground: '#b7c7f4',
  selectionInactiveBackground: '#dcdce1',
  scrollbarSliderBackground: '#63636b44',
  scrollbarSliderHoverBackground: '#63636b77',
  scrollbarSliderActiveBackground: '#63636b99',
  black: '#1c1c1f',
  red: '#b42323',
  green: '#1f7a3d',
  yellow: '#8f5a00',
  blue: '#3557c4',
  magenta: '#93319f',
  cyan: '#0b7285',
  white: '#d9d9dd',
  brightBlack: '#63636b',
  brightRed: '#c92a2a',
  brightGreen: '#2b7a2f',
  brightYellow: '#8a6100',
  brightBlue: '#4263d6',
  brightMagenta: '#a02fb0',
  brightCyan: '#0c7489',
  brightWhite: '#ffffff',
};

/** Text is at least this much lighter or darker than what is behind it. */
export const LEAST_CONTRAST = 4.5;

export function paletteOf(scheme: 'light' | 'dark'): ITheme {
  return scheme === 'dark' ? DARK : LIGHT;
}
