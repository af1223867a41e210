import type { ScreenSettings } from '@porthole/protocol';
import { formatRate } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';

/** One of the settings as people read it. */
export function describeSetting(settings: ScreenSettings, name: keyof ScreenSettings): string {
  switch (name) {
    case 'picture':
      return texts.picture.names[settings.picture];
    case 'maxFps':
      return texts.picture.perSecond(settings.maxFps);
    case 'maxKBps':
      return settings.maxKBps === 0 ? texts.picture.noCap : formatRate(settings.maxKBps);
    case 'shrink':
      return `${Math.round(100 / settings.shrink)} %`;
  }
}
