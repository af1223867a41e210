import { Button, TextInput } from '@mantine/core';
import { MAX_LOGO_BYTES, PATHS, setProduct } from '@porthole/protocol';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { Brand } from '../../base/Brand.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection, usePortal } from '../../base/portalContext.ts';
import { saveSetting } from '../../base/settingsApi.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import { useStore } from '../../base/useStore.ts';
import { readBase64 } from './readBase64.ts';
import styles from './Section.module.css';
import { Section } from './Section.tsx';

const LOGO = `${PATHS.product}/logo`;

/** For admins: how the portal of this hub is named and marked. Every open page hears of it at once. */
export function HubSection() {
  return (
    <Section title={texts.settings.sections.hub} what={texts.settings.forEverybody}>
      <TitleForm />
      <LogoForm />
    </Section>
  );
}

function TitleForm() {
  const { api } = useConnection();
  const { title } = useStore(usePortal().product.state);
  const words = texts.settings.hub;
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? title ?? '';
  const isValid = shown.trim() === '' || setProduct.safeParse({ title: shown }).success;
  const save = useAction(async () => {
    await saveSetting(api, PATHS.product, { title: shown.trim() === '' ? null : shown.trim() });
    setTyped(undefined);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) save.run();
  };
  return (
    <form className={styles.fields} onSubmit={submit}>
      <TextInput
        label={words.name}
        description={words.nameWhat}
        placeholder={texts.product}
        value={shown}
        error={isValid ? undefined : words.nameRule}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" loading={save.busy} disabled={!isValid || shown.trim() === (title ?? '')}>
          {texts.settings.save}
        </Button>
      </div>
      <Problem>{save.error}</Problem>
    </form>
  );
}

function LogoForm() {
  const { api } = useConnection();
  const { logo } = useStore(usePortal().product.state);
  const words = texts.settings.hub;
  const picker = useRef<HTMLInputElement>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const save = useAction(async (file: File) => saveSetting(api, LOGO, { image: await readBase64(file) }));
  const remove = useAction(() => saveSetting(api, LOGO, undefined));
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (!file) return;
    setTooLarge(file.size > MAX_LOGO_BYTES);
    if (file.size <= MAX_LOGO_BYTES) save.run(file);
  };
  return (
    <div className={styles.fields}>
      <div className={styles.logo}>
        <Brand />
        <span>{logo === null ? words.none : words.current}</span>
      </div>
      <p className={styles.hint}>{words.logoWhat}</p>
      <div className={styles.buttons}>
        <Button variant="default" loading={save.busy} onClick={() => picker.current?.click()}>
          {words.choose}
        </Button>
        {logo === null ? null : (
          <Button variant="default" loading={remove.busy} onClick={() => remove.run()}>
            {words.remove}
          </Button>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          hidden
          aria-label={words.choose}
          onChange={picked}
        />
      </div>
      <Problem>{isTooLarge ? words.logoRule : (save.error ?? remove.error)}</Problem>
    </div>
  );
}
