/** A node of the import graph. */
export interface Node {
  path: string;
  imports: string[];
}

/** One cycle for every place where a walk along imports comes back to a file it is still inside of. */
export function findCycles(nodes: Node[]): string[][] {
  const byPath = new Map(nodes.map((node) => [node.path, node.imports]));
  const done = new Set<string>();
  const trail: string[] = [];
  const cycles: string[][] = [];
  const walk = (path: string) => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const target of byPath.get(path) ?? []) walk(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of nodes) walk(path);
  return cycles;
}
