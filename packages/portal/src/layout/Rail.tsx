import { Menu, useMantineColorScheme } from '@mantine/core';
import { PATHS } from '@porthole/protocol';
import {
  IconCertificate,
  IconContrast,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSun,
  IconTerminal2,
  IconUserCircle,
} from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Link, useLocation } from 'wouter';
import { useConnection, usePortal } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import styles from './Rail.module.css';

/** The narrow rail: home, colours, account. On a phone it lies at the bottom. */
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
        <IconDeviceDesktop size={20} aria-hidden />
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
      <span className={styles.gap} />
      <ColourSwitch />
      <AccountMenu />
    </nav>
  );
}

const SCHEMES = ['auto', 'light', 'dark'] as const;
const SCHEME_ICONS = { auto: IconContrast, light: IconSun, dark: IconMoon };

function ColourSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEME_ICONS[colorScheme];
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length] ?? 'auto';
  return (
    <RailButton label={texts.rail.theme[colorScheme]} onClick={() => setColorScheme(next)}>
      <Icon size={20} aria-hidden />
    </RailButton>
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
