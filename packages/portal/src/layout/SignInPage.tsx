import { Button, PasswordInput, TextInput } from '@mantine/core';
import { PATHS } from '@porthole/protocol';
import { IconCertificate } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Problem } from '../base/Problem.tsx';
import type { SignInReason } from '../base/portal.ts';
import { usePortal } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import styles from './EntryFrame.module.css';
import { EntryFrame } from './EntryFrame.tsx';

/** Sign-in; `reason` says why somebody who was inside stands here. */
export function SignInPage({ reason }: { reason: SignInReason }) {
  const portal = usePortal();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useAction(() => portal.signIn(username, password));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.run();
  };
  return (
    <EntryFrame title={texts.signIn.title}>
      {reason === undefined ? null : <p className={styles.reason}>{whyHere(reason)}</p>}
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label={texts.signIn.user}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
          withAsterisk={false}
          data-autofocus
          ref={focusOnce}
        />
        <PasswordInput
          label={texts.signIn.password}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          maxLength={1024}
          required
          withAsterisk={false}
        />
        <Problem>{signIn.error}</Problem>
        <Button type="submit" loading={signIn.busy}>
          {texts.signIn.submit}
        </Button>
      </form>
      <div className={styles.aside}>
        <IconCertificate size={16} aria-hidden />
        <a href={PATHS.authority} download>
          {texts.signIn.authority}
        </a>
        <span>{texts.signIn.authorityWhy}</span>
      </div>
    </EntryFrame>
  );
}

function whyHere(reason: NonNullable<SignInReason>): string {
  const sentences: Partial<Record<NonNullable<SignInReason>, string>> = texts.signIn.ended;
  return sentences[reason] ?? texts.signIn.ended['auth.session-ended'];
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
