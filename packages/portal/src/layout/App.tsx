import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ConnectionProvider, usePortal } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useStore } from '../base/useStore.ts';
import { TransfersDock } from '../features/files/uploads/TransfersDock.tsx';
import { AlertNotices } from './alerts/AlertNotices.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { HomePage } from './home/HomePage.tsx';
import { Palette } from './palette/Palette.tsx';
import { usePortalCommands } from './palette/usePortalCommands.ts';
import { SetUpPage } from './SetUpPage.tsx';
import { Shell } from './Shell.tsx';
import { SignInPage } from './SignInPage.tsx';
import { useSettingsCommands } from './settings/useSettingsCommands.ts';
import { Shortcuts } from './shortcuts/Shortcuts.tsx';
import { WorkspaceStage } from './workspace/WorkspaceStage.tsx';

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
const DEVICE = /^\/devices\/[^/]+(?:\/|$)/;

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

const SETTINGS = /^\/settings(?:\/(?<section>[a-z]+))?\/?$/;

/** Fetched when somebody first opens the settings. */
const SettingsPage = lazy(async () => ({ default: (await import('./settings/SettingsPage.tsx')).SettingsPage }));

function LateSettingsPage({ section }: { section: string | undefined }) {
  return (
    <Suspense fallback={null}>
      <SettingsPage section={section} />
    </Suspense>
  );
}

/** Fetched when somebody first looks at alerts. */
const AlertsPage = lazy(async () => ({ default: (await import('./alerts/AlertsPage.tsx')).AlertsPage }));

function LateAlertsPage() {
  return (
    <Suspense fallback={null}>
      <AlertsPage />
    </Suspense>
  );
}

function Pages() {
  usePortalCommands();
  useSettingsCommands();
  return (
    <Shell>
      <Switch>
        {/* Devices stay on the stage below, also while another page is shown. */}
        <Route path={DEVICE}>{null}</Route>
        <Route path={RUN}>{({ id }) => <LateRunPage id={id} />}</Route>
        <Route path="/alerts">
          <LateAlertsPage />
        </Route>
        <Route path={SETTINGS}>{({ section }) => <LateSettingsPage section={section} />}</Route>
        <Route>
          <HomePage />
        </Route>
      </Switch>
      <WorkspaceStage />
      <Palette />
      <Shortcuts />
      <TransfersDock />
      <AlertNotices />
    </Shell>
  );
}
