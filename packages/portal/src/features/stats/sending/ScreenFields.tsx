import { PICTURES, type ScreenSettings } from '@porthole/protocol';
import { formatRate } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { BANDWIDTH_CAPS, FRAME_RATES, SHRINKS } from './choices.ts';
import { Choice, FieldGroup, NumberChoice } from './Fields.tsx';

interface ScreenFieldsProps {
  value: ScreenSettings;
  change(part: Partial<ScreenSettings>): void;
  disabled: boolean;
}

/** How a screen is sent to those who chose nothing else. */
export function ScreenFields({ value, change, disabled }: ScreenFieldsProps) {
  const words = texts.picture;
  return (
    <FieldGroup title={texts.sending.screen} what={texts.sending.screenWhat}>
      <Choice
        label={words.settings.picture}
        value={value.picture}
        choices={PICTURES.map((picture) => [picture, words.names[picture]])}
        choose={(text) => change({ picture: PICTURES.find((picture) => picture === text) ?? value.picture })}
        disabled={disabled}
      />
      <NumberChoice
        label={words.settings.maxFps}
        value={value.maxFps}
        choices={FRAME_RATES}
        describe={words.perSecond}
        choose={(maxFps) => change({ maxFps })}
        disabled={disabled}
      />
      <NumberChoice
        label={words.settings.maxKBps}
        value={value.maxKBps}
        choices={BANDWIDTH_CAPS}
        describe={(cap) => (cap === 0 ? words.noCap : formatRate(cap))}
        choose={(maxKBps) => change({ maxKBps })}
        disabled={disabled}
      />
      <NumberChoice
        label={words.settings.shrink}
        value={value.shrink}
        choices={SHRINKS}
        describe={(shrink) => `${Math.round(100 / shrink)} %`}
        choose={(shrink) => change({ shrink })}
        disabled={disabled}
      />
    </FieldGroup>
  );
}
