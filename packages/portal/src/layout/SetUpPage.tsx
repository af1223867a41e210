import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type ChangeEvent, type FormEvent, useState } from 'react';
import { type Account, checkAccount } from '../base/checkAccount.ts';
import { Problem } from '../base/Problem.tsx';
import { usePortal } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useAction } from '../base/useAction.ts';
import styles from './EntryFrame.module.css';
import { EntryFrame } from './EntryFrame.tsx';

/** First start: makes the first administrator with the code that the hub printed. */
export function SetUpPage() {
  const portal = usePortal();
  const [account, setAccount] = useState<Account>({ code: '', username: '', password: '' });
  const [problems, setProblems] = useState<Partial<Account>>({});
  const setUp = useAction(() => portal.setUp({ ...account, code: account.code.trim() }));
  const field = (name: keyof Account, rule?: string) => ({
    // The problem repeats the rule.
    description: problems[name] === undefined ? rule : undefined,
    value: account[name],
    error: problems[name],
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      setAccount({ ...account, [name]: event.currentTarget.value });
      setProblems({ ...problems, [name]: undefined });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkAccount(account);
    setProblems(found);
    if (Object.keys(found).length === 0) setUp.run();
  };
  return (
    <EntryFrame title={texts.setUp.title}>
      <p className={styles.quiet}>{texts.setUp.intro}</p>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput label={texts.setUp.code} {...field('code')} autoComplete="one-time-code" spellCheck={false} />
        <TextInput
          label={texts.setUp.user}
          {...field('username', texts.setUp.userRule)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordInput
          label={texts.setUp.password}
          {...field('password', texts.setUp.passwordRule)}
          autoComplete="new-password"
        />
        <Problem>{setUp.error}</Problem>
        <Button type="submit" loading={setUp.busy}>
          {texts.setUp.submit}
        </Button>
      </form>
    </EntryFrame>
  );
}
