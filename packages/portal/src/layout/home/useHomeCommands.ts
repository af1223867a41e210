import { HOME_VIEWS, type HomeSettings } from '@porthole/protocol';
import { texts } from '../../base/texts.ts';
import { useCommands } from '../../base/useCommands.ts';
import type { ChangeHome } from './homeContext.ts';

/** The views by name, in the palette. */
export function useHomeCommands(settings: HomeSettings, change: ChangeHome): void {
  useCommands(() =>
    HOME_VIEWS.filter((view) => view !== settings.view).map((view) => ({
      id: `home.view.${view}`,
      title: texts.arrange.views[view],
      detail: texts.arrange.views.label,
      section: 'here',
      run: () => change({ view }),
    })),
  );
}
