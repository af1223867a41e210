import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ConnectionProvider, usePortal } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useStore } from '../base/useStore.ts';
import { TransfersDock } from '../features/files/uploads/TransfersDock.tsx';
import { DevicePage } from './DevicePage.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { HomePage } from './HomePage.tsx';
import { SetUpPage } from './SetUpPage.tsx';
import { Shell } from './Shell.tsx';
import { SignInPage } from './SignInPage.tsx';

/** The whole page: the way in, then the pages of the signed-in user. */
export function App() {
  return (
    <ErrorBoundary>
      <Entry />
    </ErrorBoundary>
  );
}

function Entry() {
  const portal = usePortal();
  const entry = useStore(portal.entry);
  switch (entry.at) {
    case 'loading':
      return null;
    case 'unreachable':
      return (
        <EntryFrame title={texts.product}>
          <p role="alert">{entry.message}</p>
          <Button onClick={() => void portal.start()}>{texts.link.retry}</Button>
        </EntryFrame>
      );
    case 'setUp':
      return <SetUpPage />;
    case 'signIn':
      return <SignInPage reason={entry.reason} />;
    case 'home':
      return (
        <ConnectionProvider value={entry.connection}>
          <Pages />
        </ConnectionProvider>
      );
  }
}

/** What follows the id may be a path on the device, with anything in it. */
const DEVICE = /^\/devices\/(?<id>[^/]+)(?:\/|$)/;

const RUN = /^\/run(?:\/(?<id>[^/]+))?\/?$/;

/** Fetched when somebody first runs something. */
const RunPage = lazy(async () => ({ default: (await import('../features/commands/RunPage.tsx')).RunPage }));

function LateRunPage({ id }: { id: string | undefined }) {
  return (
    <Suspense fallback={null}>
      <RunPage id={id} />
    </Suspense>
  );
}

function Pages() {
  return (
    <Shell>
      <Switch>
        <Route path={DEVICE}>{({ id = '' }) => <DevicePage key={id} id={id} />}</Route>
        <Route path={RUN}>{({ id }) => <LateRunPage id={id} />}</Route>
        <Route>
          <HomePage />
        </Route>
      </Switch>
      <TransfersDock />
    </Shell>
  );
}
