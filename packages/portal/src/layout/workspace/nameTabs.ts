import type { DockviewApi } from 'dockview-react';
import { texts } from '../../base/texts.ts';

/**
 * The header of the page has the tabs of the device; what lies in one place is a list to choose from. Tabs of the same
 * names twice would leave nobody sure of which is meant. The dock makes these elements anew as it likes.
 */
export function nameTabs({ groups }: DockviewApi): void {
  for (const { element } of groups) {
    for (const tab of element.querySelectorAll('.dv-tab[role=tab]')) tab.setAttribute('role', 'option');
    for (const list of element.querySelectorAll('[role=tablist]')) {
      list.setAttribute('role', 'listbox');
      list.setAttribute('aria-label', texts.workspace.place);
    }
  }
}
