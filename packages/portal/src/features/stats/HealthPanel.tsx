import type { Device } from '@porthole/protocol';
import { type ComponentType, useState } from 'react';
import { can } from '../../base/can.ts';
import { usePanelShown } from '../../base/panelContext.ts';
import { texts } from '../../base/texts.ts';
import { FactsView } from './facts/FactsView.tsx';
import styles from './HealthPanel.module.css';
import { HealthView } from './HealthView.tsx';
import { ProcessesView } from './processes/ProcessesView.tsx';
import { SectionTabs } from './SectionTabs.tsx';
import type { HealthSection, SectionProps } from './sections.ts';
import { SendingView } from './sending/SendingView.tsx';

const SECTIONS: Record<HealthSection, ComponentType<SectionProps>> = {
  now: HealthView,
  processes: ProcessesView,
  facts: FactsView,
  sending: SendingView,
};

/** The health of a device: how it is and was, what runs there, what it is, and what it sends of itself. */
export function HealthPanel({ device }: { device: Device }) {
  const [section, setSection] = useState<HealthSection>('now');
  const [search, setSearch] = useState({ text: '' });
  const shown = usePanelShown();
  const View = SECTIONS[section];
  const showProcess = (text: string) => {
    setSearch({ text });
    setSection('processes');
  };
  if (!can(device, 'stats')) return <p className={styles.refused}>{texts.health.notAllowed}</p>;
  return (
    <div className={styles.panel} data-testid="health">
      <SectionTabs section={section} choose={setSection} />
      <div className={styles.section} role="tabpanel" aria-label={texts.health.sections[section]}>
        <View key={device.id} device={device} active={shown} search={search} showProcess={showProcess} />
      </div>
    </div>
  );
}
