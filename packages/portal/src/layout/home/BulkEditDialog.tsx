import { Button, TextInput } from '@mantine/core';
import type { ChangeProfiles, DeviceProfile } from '@porthole/protocol';
import { changeProfiles } from '@porthole/protocol';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../base/Dialog.tsx';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import dialogs from '../dialogs.module.css';
import { HomeApi } from './homeApi.ts';
import { KnownGroups, KnownTags } from './KnownWords.tsx';
import { splitTags } from './profileDraft.ts';
import { ColourField, IconField } from './SignFields.tsx';

interface Draft {
  group: string;
  hasNoGroup: boolean;
  addTags: string;
  removeTags: string;
  /** Undefined: as it is. */
  icon: DeviceProfile['icon'] | undefined;
  colour: DeviceProfile['colour'] | undefined;
}

const UNTOUCHED: Draft = {
  group: '',
  hasNoGroup: false,
  addTags: '',
  removeTags: '',
  icon: undefined,
  colour: undefined,
};

/** The same change for many devices; what is left alone stays with each as it is. All of them are changed or none. */
export function BulkEditDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { api } = useConnection();
  const [draft, setDraft] = useState(UNTOUCHED);
  const [isBad, setBad] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = useAction(async () => {
    const checkedChange = changeProfiles.safeParse(changeOf(ids, draft));
    setBad(!checkedChange.success);
    if (!checkedChange.success) return;
    await new HomeApi(api).changeProfiles(checkedChange.data);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.run();
  };
  const { bulk, profile } = texts.arrange;
  return (
    <Dialog title={bulk.editTitle(ids.length)} onClose={onClose}>
      <form className={dialogs.form} onSubmit={submit} noValidate>
        <GroupField draft={draft} change={change} />
        <TextInput
          label={bulk.addTags}
          placeholder={profile.tagsHint}
          value={draft.addTags}
          maxLength={600}
          onChange={(event) => change({ addTags: event.currentTarget.value })}
        />
        <KnownTags tags={draft.addTags} set={(addTags) => change({ addTags })} />
        <TextInput
          label={bulk.removeTags}
          placeholder={profile.tagsHint}
          value={draft.removeTags}
          maxLength={600}
          onChange={(event) => change({ removeTags: event.currentTarget.value })}
        />
        <IconField icon={draft.icon} choose={(icon) => change({ icon })} />
        <ColourField colour={draft.colour} choose={(colour) => change({ colour })} />
        <Problem>{isBad ? `${profile.groupRule} ${profile.tagsRule}` : save.error}</Problem>
        <div className={dialogs.actions}>
          <Button variant="default" onClick={onClose}>
            {texts.device.cancel}
          </Button>
          <Button type="submit" loading={save.busy}>
            {bulk.apply}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function GroupField({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { bulk, profile } = texts.arrange;
  return (
    <div>
      <TextInput
        label={profile.group}
        placeholder={bulk.groupKeep}
        value={draft.group}
        maxLength={64}
        autoFocus
        disabled={draft.hasNoGroup}
        list={KnownGroups.id}
        onChange={(event) => change({ group: event.currentTarget.value })}
      />
      <KnownGroups />
      <label>
        <input
          type="checkbox"
          checked={draft.hasNoGroup}
          onChange={(event) => change({ hasNoGroup: event.currentTarget.checked })}
        />{' '}
        {bulk.clearGroup}
      </label>
    </div>
  );
}

function changeOf(ids: readonly string[], draft: Draft): ChangeProfiles {
  const profile: ChangeProfiles['profile'] = {};
  if (draft.hasNoGroup) profile.group = null;
  else if (draft.group.trim() !== '') profile.group = draft.group;
  if (draft.icon !== undefined) profile.icon = draft.icon;
  if (draft.colour !== undefined) profile.colour = draft.colour;
  return { ids: [...ids], profile, addTags: splitTags(draft.addTags), removeTags: splitTags(draft.removeTags) };
}
