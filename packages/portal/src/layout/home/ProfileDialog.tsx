import { Button, TextInput } from '@mantine/core';
import type { Device } from '@porthole/protocol';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import dialogs from '../dialogs.module.css';
import { HomeApi } from './homeApi.ts';
import { KnownGroups, KnownTags } from './KnownWords.tsx';
import { type DraftProblems, draftOf, type ProfileDraft, readDraft } from './profileDraft.ts';
import styles from './SignFields.module.css';
import { ColourField, IconField } from './SignFields.tsx';

/** How people arrange one device: its name, number, sign, colour, group, tags and notes. */
export function ProfileDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { api } = useConnection();
  const [before] = useState(device);
  const [draft, setDraft] = useState<ProfileDraft>(() => draftOf(device.name, device.profile));
  const [problems, setProblems] = useState<DraftProblems>({});
  const change = (part: Partial<ProfileDraft>) => setDraft({ ...draft, ...part });
  const save = useAction(async () => {
    const read = readDraft(draft);
    setProblems('problems' in read ? read.problems : {});
    if ('problems' in read) return;
    const home = new HomeApi(api);
    await home.setProfile(device.id, read.profile);
    if (read.name !== before.name) await home.rename(device.id, read.name);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run();
  };
  return (
    <Dialog title={texts.arrange.profile.title(visibleText(before.name))} onClose={onClose}>
      <form className={dialogs.form} onSubmit={submit} noValidate>
        <Words draft={draft} change={change} problems={problems} />
        <IconField icon={draft.icon} choose={(icon) => change({ icon })} />
        <ColourField colour={draft.colour} choose={(colour) => change({ colour })} />
        <label className={styles.label}>
          {texts.arrange.profile.notes}
          <textarea
            className={styles.notes}
            value={draft.notes}
            maxLength={10_000}
            onChange={(event) => change({ notes: event.currentTarget.value })}
          />
        </label>
        <Problem>{save.error}</Problem>
        <div className={dialogs.actions}>
          <Button variant="default" onClick={onClose}>
            {texts.device.cancel}
          </Button>
          <Button type="submit" loading={save.busy}>
            {texts.device.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface WordsProps {
  draft: ProfileDraft;
  change(part: Partial<ProfileDraft>): void;
  problems: DraftProblems;
}

function Words({ draft, change, problems }: WordsProps) {
  const words = texts.arrange.profile;
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          label={texts.device.name}
          value={draft.name}
          maxLength={64}
          autoFocus
          error={problems.name ? texts.device.nameRule : undefined}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={words.number}
          value={draft.number}
          maxLength={7}
          inputMode="numeric"
          error={problems.number ? words.numberRule : undefined}
          onChange={(event) => change({ number: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label={words.group}
        placeholder={words.groupHint}
        value={draft.group}
        maxLength={64}
        list={KnownGroups.id}
        error={problems.group ? words.groupRule : undefined}
        onChange={(event) => change({ group: event.currentTarget.value })}
      />
      <KnownGroups />
      <TextInput
        label={words.tags}
        placeholder={words.tagsHint}
        value={draft.tags}
        maxLength={600}
        error={problems.tags ? words.tagsRule : undefined}
        onChange={(event) => change({ tags: event.currentTarget.value })}
      />
      <KnownTags tags={draft.tags} set={(tags) => change({ tags })} />
    </>
  );
}
