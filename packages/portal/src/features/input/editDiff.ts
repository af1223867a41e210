/**
 * What a person would have typed to turn one text into the other: backspaces from its end, then new text. On-screen
 * keyboards do not press keys, they edit; this is how their edits become typing.
 */
export function editDiff(before: string, after: string): { erase: number; insert: string } {
  const old = [...before];
  const next = [...after];
  let same = 0;
  while (same < old.length && same < next.length && old[same] === next[same]) same += 1;
  return { erase: old.length - same, insert: next.slice(same).join('') };
}
