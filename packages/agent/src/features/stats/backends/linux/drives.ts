import { isPseudo, type Mount } from '../../../../platform/mountTable.ts';

/** File systems that lie in memory or inside of others: only the system itself may be on one. */
const NO_DRIVES = new Set(
  'tmpfs ramfs squashfs overlay aufs erofs iso9660 udf fuse.portal fuse.gvfsd-fuse fuse.snapfuse fuse.lxcfs nsfs'.split(
    ' ',
  ),
);
/** Parts of other drives that programs mount for themselves. */
const INNER =
  /^\/(?:etc|proc|sys|dev|snap|var\/(?:lib\/(?:docker|containers|kubelet|snapd)|snap)|run(?!\/media\/))(?:\/|$)/;
const REMOTE =
  /^(?:nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|ceph|glusterfs|9p|virtiofs|lustre|davfs|beegfs|orangefs|fuse(?:\..*)?)$/;
const MAX_DRIVES = 64;

/** What people call the drives of a machine, the one that the system is on first: each once, however often it is mounted. */
export function drivesOf(mounts: readonly Mount[]): Mount[] {
  const main = mounts.findLast(({ path }) => path === '/');
  const found = new Map<string, Mount>(main ? [[keyOf(main), main]] : []);
  for (const mount of mounts) {
    if (isPseudo(mount) || NO_DRIVES.has(mount.type) || INNER.test(mount.path)) continue;
    const key = keyOf(mount);
    // Where it was mounted first is where people know it.
    if (!found.has(key)) found.set(key, mount);
  }
  return [...found.values()].slice(0, MAX_DRIVES);
}

/** True when another machine, or a program, answers for it: it may never do so. */
export function isRemote({ type }: Pick<Mount, 'type'>): boolean {
  return REMOTE.test(type) && type !== 'fuse.ntfs-3g' && type !== 'fuse.fuseblk';
}

/** Subvolumes have device numbers of their own; their drive has one name. Data sets share what their pool has. */
function keyOf({ type, source, number }: Mount): string {
  if (type === 'zfs') return source.split('/')[0] ?? source;
  return source.includes('/') ? source : number;
}
