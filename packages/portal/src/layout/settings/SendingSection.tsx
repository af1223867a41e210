import { texts } from '../../base/texts.ts';
import { SendingDefaults } from '../../features/stats/sending/SendingDefaults.tsx';
import { Section } from './Section.tsx';

/** For admins: what devices send that have no settings of their own. */
export function SendingSection() {
  return (
    <Section title={texts.settings.sections.sending}>
      <SendingDefaults />
    </Section>
  );
}
