import { PATHS, PRODUCT_VERSION } from '@porthole/protocol';
import { texts } from '../../base/texts.ts';
import { Section } from './Section.tsx';

/** What this is, and what it is made of. */
export function AboutSection() {
  const words = texts.settings.about;
  return (
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
  );
}
