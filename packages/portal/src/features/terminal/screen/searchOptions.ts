import type { ISearchOptions } from '@xterm/addon-search';

/** How matches are marked: visible on dark and on light ground. */
export const searchOptions = {
  decorations: {
    matchBackground: '#6b5a2a',
    // The match in front is selected; another ground below that would hide its text.
    activeMatchBorder: '#8fa8ee',
    matchOverviewRuler: '#e3a53b',
    activeMatchColorOverviewRuler: '#8fa8ee',
  },
} as const satisfies ISearchOptions;
