import { useLayoutEffect } from 'react';
import { useHistoryState, usePathname, useSearch } from 'wouter/use-browser-location';
import { useConnection } from '../../base/portalContext.ts';
import { useStore } from '../../base/useStore.ts';
import { WorkspaceView } from './WorkspaceView.tsx';
import { workspacesOf } from './workspaces.ts';

/**
 * The devices that are open, of which the page shows the one that its address speaks of. The others stay as they were
 * left, out of sight and quiet, so that coming back is a matter of a frame.
 */
export function WorkspaceStage() {
  const workspaces = workspacesOf(useConnection());
  const pathname = usePathname();
  const search = useSearch();
  const state: unknown = useHistoryState();
  useLayoutEffect(() => workspaces.follow({ pathname, search, state }), [workspaces, pathname, search, state]);
  const { warm, shown } = useStore(workspaces.state);
  return warm.map((workspace) => (
    <WorkspaceView key={workspace.home} workspace={workspace} shown={workspace === shown} />
  ));
}
