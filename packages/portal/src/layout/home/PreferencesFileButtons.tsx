import { type ChangeEvent, useRef, useState } from 'react';
import { Problem } from '../../base/Problem.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { MOST_CHARACTERS, readPreferencesFile } from '../../base/preferences/readPreferencesFile.ts';
import { saveText } from '../../base/saveText.ts';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from './HomeKeeping.module.css';

/** Everything that the user prefers, to a file and from one. A file that does not fit changes nothing. */
export function PreferencesFileButtons() {
  const { preferences } = useConnection();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ done?: string; problem?: string }>({});
  const load = useAction(async (file: File) => {
    setSaid({});
    if (file.size > 4 * MOST_CHARACTERS) return setSaid({ problem: texts.arrange.tooLarge });
    const read = readPreferencesFile(await file.text());
    if ('problem' in read) return setSaid({ problem: read.problem });
    await preferences.replace(read.preferences);
    setSaid({ done: texts.arrange.loaded });
  });
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    // The same file again is a choice as well.
    event.currentTarget.value = '';
    if (file) load.run(file);
  };
  const save = () => saveText(texts.arrange.fileName, `${JSON.stringify(preferences.export(), null, 2)}\n`);
  return (
    <div className={styles.file}>
      <button type="button" className={styles.action} onClick={save}>
        {texts.arrange.save}
      </button>
      <button type="button" className={styles.action} disabled={load.busy} onClick={() => input.current?.click()}>
        {texts.arrange.load}
      </button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        data-testid="preferences-file"
        onChange={chosen}
      />
      <Problem>{said.problem ?? load.error}</Problem>
      <p role="status" className={styles.hint}>
        {said.done}
      </p>
    </div>
  );
}
