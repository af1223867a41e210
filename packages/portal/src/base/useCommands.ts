import { useEffect, useRef } from 'react';
import { type CommandSource, commands } from './commandsRegistry.ts';

/** Offers commands in the palette for as long as the component is on the page and `on` holds. */
export function useCommands(source: CommandSource, on = true): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => (on ? commands.add(() => latest.current()) : undefined), [on]);
}
