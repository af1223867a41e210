import { navigate } from 'wouter/use-browser-location';
import type { Command } from '../../base/commandsRegistry.ts';
import type { Connection } from '../../base/connection.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useCommands } from '../../base/useCommands.ts';
import { sectionsFor } from './sections.ts';

/** Offers the sections of the settings, and the colour schemes, by name. */
export function useSettingsCommands(): void {
  const connection = useConnection();
  useCommands(() => [...sectionCommands(connection), ...schemeCommands(connection)]);
}

function sectionCommands({ session }: Connection): Command[] {
  const { title, sections } = texts.settings;
  return sectionsFor(session.role).map((section) => ({
    id: `settings.${section}`,
    title: sections[section],
    detail: title,
    section: 'pages',
    run: () => navigate(`/settings/${section}`),
  }));
}

function schemeCommands({ preferences }: Connection): Command[] {
  const { scheme, schemes } = texts.settings.appearance;
  return (['system', 'light', 'dark'] as const).map((choice) => ({
    id: `appearance.${choice}`,
    title: `${scheme}: ${schemes[choice]}`,
    section: 'portal',
    run: () => preferences.change('appearance', (appearance) => ({ ...appearance, scheme: choice })),
  }));
}
