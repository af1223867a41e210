import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import dialogs from '../dialogs.module.css';
import { PreferencesFileButtons } from '../home/PreferencesFileButtons.tsx';
import styles from './Section.module.css';
import { Section } from './Section.tsx';

/** Everything that the user arranged, as a file, from a file, or away; and what new users begin with. */
export function HomeSection() {
  const { session } = useConnection();
  return (
    <>
      <PreferencesFile />
      {session.role === 'admin' ? <HomeDefaults /> : null}
    </>
  );
}

function PreferencesFile() {
  const words = texts.settings.home;
  const [said, setSaid] = useState('');
  const [isAsking, setAsking] = useState(false);
  const done = () => {
    setAsking(false);
    setSaid(words.resetDone);
  };
  return (
    <Section title={texts.settings.sections.home} what={words.what}>
      <PreferencesFileButtons />
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.reset}
      </Button>
      <p className={styles.status} role="status">
        {said}
      </p>
      {isAsking ? <ResetDialog done={done} close={() => setAsking(false)} /> : null}
    </Section>
  );
}

function ResetDialog({ done, close }: { done(): void; close(): void }) {
  const { preferences } = useConnection();
  const words = texts.settings.home;
  const reset = useAction(async () => {
    await preferences.replace({});
    done();
  });
  return (
    <Dialog title={words.resetTitle} onClose={close}>
      <div className={dialogs.form}>
        <p>{words.resetWhat}</p>
        <Problem>{reset.error}</Problem>
        <div className={dialogs.actions}>
          <Button variant="default" onClick={close} autoFocus>
            {texts.settings.cancel}
          </Button>
          <Button loading={reset.busy} onClick={() => reset.run()}>
            {words.reset}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** For admins: their own home page as what others begin with. */
function HomeDefaults() {
  const { preferences } = useConnection();
  const words = texts.settings.home;
  const [said, setSaid] = useState('');
  const set = useAction(async (isMine: boolean) => {
    setSaid('');
    for (const part of ['homeWide', 'homeNarrow'] as const) {
      await preferences.setDefault(part, isMine ? preferences.get(part) : null);
    }
    setSaid(isMine ? words.defaultSet : words.defaultForgotten);
  });
  return (
    <Section title={words.defaults} what={words.defaultsWhat}>
      <div className={styles.buttons}>
        <Button variant="default" disabled={set.busy} onClick={() => set.run(true)}>
          {words.setDefault}
        </Button>
        <Button variant="default" disabled={set.busy} onClick={() => set.run(false)}>
          {words.forgetDefault}
        </Button>
      </div>
      <p className={styles.status} role="status">
        {said}
      </p>
      <Problem>{set.error}</Problem>
    </Section>
  );
}
