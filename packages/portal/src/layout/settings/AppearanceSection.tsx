import { Button } from '@mantine/core';
import type { Appearance } from '@porthole/protocol';
import { useState } from 'react';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { usePreference } from '../../base/preferences/usePreference.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useStore } from '../../base/useStore.ts';
import { Choice } from './Choice.tsx';
import styles from './Section.module.css';
import { Section } from './Section.tsx';

/** How the portal looks to this user. Every choice holds at once. */
export function AppearanceSection() {
  const { preferences } = useConnection();
  const [appearance, set] = usePreference('appearance');
  const problem = useStore(preferences.problem);
  const words = texts.settings.appearance;
  const change = (part: Partial<Appearance>) => set({ ...appearance, ...part });
  const speak = async (language: Appearance['language']) => {
    change({ language });
    await preferences.flush();
    if (preferences.problem.get() === undefined) window.location.reload();
  };
  return (
    <Section title={texts.settings.sections.appearance} what={texts.settings.mine}>
      <Choice
        label={words.scheme}
        options={words.schemes}
        value={appearance.scheme}
        choose={(scheme) => change({ scheme })}
      />
      <Choice
        label={words.accent}
        options={texts.arrange.profile.colours}
        value={appearance.accent}
        choose={(accent) => change({ accent })}
        swatch={(accent) => `var(--colour-${accent})`}
      />
      <Choice
        label={words.density}
        options={words.densities}
        value={appearance.density}
        choose={(density) => change({ density })}
      />
      <Choice
        label={words.motion}
        options={words.motions}
        value={appearance.motion}
        choose={(motion) => change({ motion })}
      />
      <Choice
        label={`${words.language} · ${words.languageWhat}`}
        options={words.languages}
        value={appearance.language}
        choose={(language) => void speak(language)}
      />
      <Defaults appearance={appearance} />
      <Problem>{problem === undefined ? undefined : `${texts.settings.notSaved} ${problem}`}</Problem>
    </Section>
  );
}

/** Back to what everybody has, and for admins what that is. */
function Defaults({ appearance }: { appearance: Appearance }) {
  const { preferences, session } = useConnection();
  const words = texts.settings.appearance;
  const [said, setSaid] = useState('');
  const setDefault = useAction(async () => {
    await preferences.setDefault('appearance', appearance);
    setSaid(words.defaultSet);
  });
  return (
    <>
      <div className={styles.buttons}>
        <Button
          variant="default"
          disabled={!preferences.isOwn('appearance')}
          onClick={() => preferences.reset('appearance')}
        >
          {words.reset}
        </Button>
        {session.role === 'admin' ? (
          <Button variant="default" loading={setDefault.busy} onClick={() => setDefault.run()}>
            {words.setDefault}
          </Button>
        ) : null}
      </div>
      <p className={styles.status} role="status">
        {said}
      </p>
      <Problem>{setDefault.error}</Problem>
    </>
  );
}
