import { DEVICE_COLOURS, DEVICE_ICONS, type DeviceProfile } from '@porthole/protocol';
import { IconBan } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { texts } from '../../base/texts.ts';
import { SIGNS } from './DeviceIcon.tsx';
import styles from './SignFields.module.css';

interface IconFieldProps {
  icon: DeviceProfile['icon'] | undefined;
  choose(icon: DeviceProfile['icon']): void;
}

/** The signs to choose from. Undefined is none of them, not even none. */
export function IconField({ icon, choose }: IconFieldProps) {
  const { profile } = texts.arrange;
  return (
    <fieldset className={styles.choice}>
      <legend>{profile.icon}</legend>
      <Radio name="icon" label={profile.noIcon} on={icon === null} choose={() => choose(null)}>
        <IconBan size={16} aria-hidden />
      </Radio>
      {DEVICE_ICONS.map((one) => {
        const Icon = SIGNS[one];
        return (
          <Radio key={one} name="icon" label={profile.icons[one]} on={icon === one} choose={() => choose(one)}>
            <Icon size={16} aria-hidden />
          </Radio>
        );
      })}
    </fieldset>
  );
}

interface ColourFieldProps {
  colour: DeviceProfile['colour'] | undefined;
  choose(colour: DeviceProfile['colour']): void;
}

/** The colours to choose from. */
export function ColourField({ colour, choose }: ColourFieldProps) {
  const { profile } = texts.arrange;
  return (
    <fieldset className={styles.choice}>
      <legend>{profile.colour}</legend>
      <Radio name="colour" label={profile.noColour} on={colour === null} choose={() => choose(null)}>
        <IconBan size={16} aria-hidden />
      </Radio>
      {DEVICE_COLOURS.map((one) => (
        <Radio key={one} name="colour" label={profile.colours[one]} on={colour === one} choose={() => choose(one)}>
          <span className={styles.swatch} style={{ '--own': `var(--colour-${one})` } as CSSProperties} />
        </Radio>
      ))}
    </fieldset>
  );
}

interface RadioProps {
  name: string;
  label: string;
  on: boolean;
  choose(): void;
  children: ReactNode;
}

function Radio({ name, label, on, choose, children }: RadioProps) {
  return (
    <label className={styles.radio} title={label} data-on={on || undefined}>
      <input type="radio" name={name} aria-label={label} checked={on} onChange={choose} />
      {children}
    </label>
  );
}
