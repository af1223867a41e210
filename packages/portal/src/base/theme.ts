import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** One accent; its shades run from barely tinted to deep. */
const accent: MantineColorsTuple = [
  '#eef2fd',
  '#dce4fa',
  '#b7c7f4',
  '#8fa8ee',
  '#6d8de8',
  '#5579e3',
  '#456ade',
  '#3557c4',
  '#2c4bae',
  '#213d98',
];

/** Sizes 12 / 13 / 15 / 20 on a 4 px grid; corners of 6 px; the system's own typeface. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '20px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  autoContrast: true,
});

/** Mantine's own surfaces in the greys of theme.css, so that there is one place for colours. */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--dim)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-placeholder': 'var(--dim)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-shadow-md': 'var(--shadow)',
    '--mantine-shadow-xl': 'var(--shadow)',
  };
  return { variables: {}, light: shared, dark: shared };
};
