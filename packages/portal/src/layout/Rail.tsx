import { Menu } from '@mantine/core';
import { PATHS } from '@porthole/protocol';
import {
  IconCertificate,
  IconCommand,
  IconDeviceDesktop,
  IconLogout,
  IconSettings,
  IconTerminal2,
  IconUserCircle,
} from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Link, useLocation } from 'wouter';
import { Brand } from '../base/Brand.tsx';
import { useConnection, usePortal } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import { AlertsBell } from './alerts/AlertsBell.tsx';
import { openPalette } from './palette/paletteState.ts';
import styles from './Rail.module.css';
import { WarmDevices } from './workspace/WarmDevices.tsx';

/** The narrow rail: home, palette, devices that are warm, settings, account. On a phone it lies at the bottom. */
export function Rail() {
  const [location] = useLocation();
  return (
    <nav className={styles.rail} aria-label={texts.rail.label}>
      <Link
        href="/"
        className={styles.item}
        aria-label={texts.rail.home}
        title={texts.rail.home}
        aria-current={location === '/' ? 'page' : undefined}
      >
        <Brand instead={<IconDeviceDesktop size={20} aria-hidden />} />
      </Link>
      <Link
        href="/run"
        className={styles.item}
        aria-label={texts.rail.run}
        title={texts.rail.run}
        aria-current={/^\/run(\/|$)/.test(location) ? 'page' : undefined}
      >
        <IconTerminal2 size={20} aria-hidden />
      </Link>
      <RailButton label={texts.palette.open} onClick={() => openPalette()}>
        <IconCommand size={20} aria-hidden />
      </RailButton>
      <WarmDevices />
      <span className={styles.gap} />
      <AlertsBell className={styles.item} />
      <Link
        href="/settings"
        className={styles.item}
        aria-label={texts.rail.settings}
        title={texts.rail.settings}
        aria-current={/^\/settings(\/|$)/.test(location) ? 'page' : undefined}
      >
        <IconSettings size={20} aria-hidden />
      </Link>
      <AccountMenu />
    </nav>
  );
}

function AccountMenu() {
  const portal = usePortal();
  const { session } = useConnection();
  const signOut = useAction(() => portal.signOut());
  return (
    <Menu position="right-end" width={232}>
      <Menu.Target>
        <RailButton label={texts.rail.account(session.username)}>
          <IconUserCircle size={20} aria-hidden />
        </RailButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.rail.signedInAs(session.username, session.role)}</Menu.Label>
        <Menu.Item
          component="a"
          href={PATHS.authority}
          download
          leftSection={<IconCertificate size={16} aria-hidden />}
        >
          {texts.rail.certificate}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut.run()}
          closeMenuOnClick={false}
          disabled={signOut.busy}
        >
          {signOut.error ?? texts.rail.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The menu that uses it as its target adds a class of its own. */
function RailButton({ label, className = '', ...rest }: { label: string } & ComponentProps<'button'>) {
  return <button type="button" {...rest} className={`${styles.item} ${className}`} aria-label={label} title={label} />;
}
