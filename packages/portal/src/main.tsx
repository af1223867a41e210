import './base/strictZod.ts';
import './base/mantine.css';
import './base/theme.css';
import './base/accents.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Look } from './base/appearance/look.ts';
import { backGuard } from './base/backGuard.ts';
import { readNonce } from './base/nonce.ts';
import { Portal } from './base/portal.ts';
import { PortalProvider } from './base/portalContext.ts';
import { chooseLanguage } from './base/texts/chooseLanguage.ts';
import { loadTexts } from './base/texts/loadTexts.ts';
import { resolveVariables, theme } from './base/theme.ts';
import { App } from './layout/App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

backGuard.listen(window);
const look = new Look({
  // A browser may refuse its storage altogether, and says so when it is named.
  storage: { getItem: (key) => localStorage.getItem(key), setItem: (key, value) => localStorage.setItem(key, value) },
  root: document.documentElement,
});
const language = await loadTexts(chooseLanguage(look.current.get().language, navigator.languages));
document.documentElement.lang = language;
const portal = new Portal({ origin: window.location.origin, look, language });
const nonce = readNonce();

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={look.schemeManager}
      cssVariablesResolver={resolveVariables}
      getStyleNonce={() => nonce}
    >
      <PortalProvider value={portal}>
        <App />
      </PortalProvider>
    </MantineProvider>
  </StrictMode>,
);
void portal.start();
