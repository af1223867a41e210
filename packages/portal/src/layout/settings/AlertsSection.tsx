import { Link } from 'wouter';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { WebhookForm } from '../alerts/WebhookForm.tsx';
import { Section } from './Section.tsx';

/** Where alerts are, and for admins whom else they are told. */
export function AlertsSection() {
  const { session } = useConnection();
  const words = texts.settings.alerts;
  return (
    <>
      <Section title={texts.settings.sections.alerts} what={words.what}>
        <Link href="/alerts">{words.open}</Link>
      </Section>
      {session.role === 'admin' ? (
        <Section title={words.webhook}>
          <WebhookForm />
        </Section>
      ) : null}
    </>
  );
}
