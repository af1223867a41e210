import { createContext, useContext } from 'react';
import type { Workspace } from './workspace.ts';

/** The workspace that a panel is in, and the part of its header that belongs to the panel in front. */
export interface WorkspaceSurroundings {
  workspace: Workspace;
  /** Where a panel puts its tools; undefined until the header is there. */
  tools: HTMLElement | undefined;
}

const WorkspaceContext = createContext<WorkspaceSurroundings | undefined>(undefined);

export const WorkspaceProvider = WorkspaceContext.Provider;

/** The surroundings of a panel. */
export function useWorkspace(): WorkspaceSurroundings {
  const surroundings = useContext(WorkspaceContext);
  if (!surroundings) throw new Error('used outside of a workspace');
  return surroundings;
}
