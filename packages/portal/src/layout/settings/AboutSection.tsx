import { Button } from '@mantine/core';
import { PATHS, PRODUCT_VERSION } from '@porthole/protocol';
import { Problem } from '../../base/Problem.tsx';
import { useConnection, usePortal } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { Section } from './Section.tsx';

/** Who is signed in, what this is, and what it is made of. */
export function AboutSection() {
  const portal = usePortal();
  const { session } = useConnection();
  const signOut = useAction(() => portal.signOut());
  const words = texts.settings.about;
  return (
    <>
      <Section title={words.account} what={texts.rail.signedInAs(session.username, session.role)}>
        <Button variant="default" loading={signOut.busy} onClick={() => signOut.run()}>
          {texts.rail.signOut}
        </Button>
        <Problem>{signOut.error}</Problem>
      </Section>
      <Section title={texts.settings.sections.about} what={words.what}>
        <p>
          {texts.product} · {words.version(PRODUCT_VERSION)}
        </p>
        <p>{words.licence}</p>
        <a href="/licences.txt" target="_blank" rel="noopener">
          {words.parts}
        </a>
        <a href={PATHS.authority} download>
          {words.authority}
        </a>
      </Section>
    </>
  );
}
