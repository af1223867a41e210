import { Button } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { useAction } from '../../base/useAction.ts';
import styles from './PropertiesDialog.module.css';

const WHO = ['owner', 'group', 'others'] as const;
const RIGHTS = ['read', 'write', 'execute'] as const;

interface ModeFieldsProps {
  mode: number;
  /** Undefined when they may only be looked at. */
  apply: ((mode: number) => Promise<void>) | undefined;
}

/** Permission bits, who may do what; the further bits stay as they are. */
export function ModeFields({ mode, apply }: ModeFieldsProps) {
  const { properties: words } = texts.files;
  const [wanted, setWanted] = useState(mode);
  const change = useAction(async (next: number) => apply?.(next));
  return (
    <div>
      <table className={styles.mode}>
        <thead>
          <tr>
            <th scope="col">{words.mode}</th>
            {RIGHTS.map((right) => (
              <th key={right} scope="col">
                {words.rights[right]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WHO.map((who, row) => (
            <tr key={who}>
              <th scope="row">{words.who[who]}</th>
              {RIGHTS.map((right, column) => {
                const bit = 0o400 >> (row * 3 + column);
                return (
                  <td key={right}>
                    <input
                      type="checkbox"
                      aria-label={`${words.who[who]}: ${words.rights[right]}`}
                      checked={(wanted & bit) !== 0}
                      disabled={!apply}
                      onChange={() => setWanted(wanted ^ bit)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {apply && wanted !== mode ? (
        <Button variant="default" size="compact-sm" loading={change.busy} onClick={() => change.run(wanted)}>
          {words.apply}
        </Button>
      ) : null}
      <Problem>{change.error}</Problem>
    </div>
  );
}
