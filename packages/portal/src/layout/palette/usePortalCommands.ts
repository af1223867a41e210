import { useConnection, usePortal } from '../../base/portalContext.ts';
import { useCommands } from '../../base/useCommands.ts';
import { deviceCommands } from './deviceCommands.ts';
import { pageCommands, workspaceCommands } from './pageCommands.ts';

/** What the portal itself offers in the palette: devices, panels, layouts, pages. */
export function usePortalCommands(): void {
  const portal = usePortal();
  const connection = useConnection();
  useCommands(() => deviceCommands(connection));
  useCommands(() => workspaceCommands(connection));
  useCommands(() => pageCommands(portal));
}
