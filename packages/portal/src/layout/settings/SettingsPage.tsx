import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { usePageTitle } from '../../base/usePageTitle.ts';
import { AboutSection } from './AboutSection.tsx';
import { AccountSection } from './AccountSection.tsx';
import { AlertsSection } from './AlertsSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { HistorySection } from './HistorySection.tsx';
import { HomeSection } from './HomeSection.tsx';
import { HubSection } from './HubSection.tsx';
import { SendingSection } from './SendingSection.tsx';
import styles from './SettingsPage.module.css';
import { type SectionName, sectionsFor } from './sections.ts';

/** Everything that can be set which belongs to no single device. */
export function SettingsPage({ section: asked }: { section: string | undefined }) {
  const { session } = useConnection();
  const offered = sectionsFor(session.role);
  const section = offered.find((name) => name === asked) ?? 'appearance';
  usePageTitle(`${texts.settings.sections[section]} · ${texts.settings.title}`);
  const nav = useRef<HTMLElement>(null);
  // On a phone they lie in a line that scrolls.
  useEffect(() => {
    nav.current?.querySelector(`[href="/settings/${section}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section]);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{texts.settings.title}</h1>
      <nav ref={nav} className={styles.sections} aria-label={texts.settings.sections.label}>
        {offered.map((name) => (
          <Link key={name} href={`/settings/${name}`} aria-current={name === section ? 'page' : undefined}>
            {texts.settings.sections[name]}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>{CONTENTS[section]()}</div>
    </div>
  );
}

const CONTENTS: Readonly<Record<SectionName, () => ReactNode>> = {
  appearance: () => <AppearanceSection />,
  home: () => <HomeSection />,
  hub: () => <HubSection />,
  sending: () => <SendingSection />,
  history: () => <HistorySection />,
  alerts: () => <AlertsSection />,
  account: () => <AccountSection />,
  about: () => <AboutSection />,
};
