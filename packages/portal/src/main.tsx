import './base/strictZod.ts';
import './base/mantine.css';
import './base/theme.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readNonce } from './base/nonce.ts';
import { Portal } from './base/portal.ts';
import { PortalProvider } from './base/portalContext.ts';
import { resolveVariables, theme } from './base/theme.ts';
import { App } from './layout/App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

const portal = new Portal(window.location.origin);
const nonce = readNonce();

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
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
