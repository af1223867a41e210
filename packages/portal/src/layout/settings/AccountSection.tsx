import { Button, PasswordInput } from '@mantine/core';
import { newPassword, PATHS } from '@porthole/protocol';
import { type FormEvent, useState } from 'react';
import { Problem } from '../../base/Problem.tsx';
import { useConnection, usePortal } from '../../base/portalContext.ts';
import { saveSetting } from '../../base/settingsApi.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from './Section.module.css';
import { Section } from './Section.tsx';

const LONGEST = 1024;

/** Who is signed in, and their password. */
export function AccountSection() {
  const portal = usePortal();
  const { session } = useConnection();
  const signOut = useAction(() => portal.signOut());
  const words = texts.settings.account;
  return (
    <>
      <Section title={texts.settings.sections.account} what={texts.rail.signedInAs(session.username, session.role)}>
        <Button variant="default" loading={signOut.busy} onClick={() => signOut.run()}>
          {texts.rail.signOut}
        </Button>
        <Problem>{signOut.error}</Problem>
      </Section>
      <Section title={words.password} what={words.passwordWhat}>
        <PasswordForm username={session.username} />
      </Section>
    </>
  );
}

const EMPTY = { current: '', next: '' };

function PasswordForm({ username }: { username: string }) {
  const { api } = useConnection();
  const [typed, setTyped] = useState(EMPTY);
  const [isChanged, setChanged] = useState(false);
  const words = texts.settings.account;
  const isValid = typed.current !== '' && newPassword.safeParse(typed.next).success;
  const save = useAction(async () => {
    await saveSetting(api, `${PATHS.session}/password`, typed);
    setTyped(EMPTY);
    setChanged(true);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChanged(false);
    save.run();
  };
  const field = (name: keyof typeof EMPTY) => ({
    value: typed[name],
    maxLength: LONGEST,
    onChange: (event: { currentTarget: HTMLInputElement }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <form className={styles.fields} onSubmit={submit}>
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordInput label={words.current} autoComplete="current-password" {...field('current')} />
      <PasswordInput label={words.next} description={words.rule} autoComplete="new-password" {...field('next')} />
      <div className={styles.buttons}>
        <Button type="submit" loading={save.busy} disabled={!isValid}>
          {words.change}
        </Button>
      </div>
      <Problem>{save.error}</Problem>
      <p className={styles.status} role="status">
        {isChanged ? words.changed : ''}
      </p>
    </form>
  );
}
