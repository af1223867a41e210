import type { FileEntry } from '@porthole/protocol';
import { texts } from '../../base/texts.ts';

export const CATEGORIES = ['folder', 'image', 'video', 'audio', 'pdf', 'text', 'archive', 'other'] as const;
/** What a file seems to be; it decides on the icon and on what opens it. */
export type Category = (typeof CATEGORIES)[number];

const EXTENSIONS: Record<Exclude<Category, 'folder' | 'other'>, string> = {
  image: `apng avif bmp cr2 dds dng exr gif hdr heic heif ico j2k jfif jp2 jpe jpeg jpg jxl nef pam pbm pcx pgm png pnm ppm psd
    qoi sgi svg tif tiff webp xbm`,
  video: '3gp asf avi dv flv m2ts m4v mkv mov mp4 mpeg mpg mxf ogv rm vob webm wmv wtv',
  audio: 'aac ac3 aif aiff amr ape au caf dts flac m4a mid mka mp3 mpc oga ogg opus tta wav weba wma wv',
  pdf: 'pdf',
  text: `asm asp bash bat bib c cc cfg cjs clj cmake cmd conf cpp cs css csv cts cxx dart desktop diff dockerfile env erl ex
    fish fs gitignore go gradle graphql groovy h hpp hs htm html ini ipynb java jl js json json5 jsonc jsonl jsx kt less lisp
    list lock log lua m make md mjs ml mts nix org patch php pl plist pm properties proto ps1 pug py r rb reg rs rst rtf sass
    scala scss service sh sql srt swift tcl tex toml ts tsv tsx txt vb vtt vue xml xsl yaml yml zig zsh`,
  archive: '7z apk bz2 cab deb dmg gz iso jar lz4 lzma rar rpm tar tbz2 tgz txz xz zip zst',
};

const CATEGORY_OF = new Map<string, Category>();
for (const [category, list] of Object.entries(EXTENSIONS)) {
  for (const extension of list.split(/\s+/)) {
    if (!CATEGORY_OF.has(extension)) CATEGORY_OF.set(extension, category as Category);
  }
}

/** Files that are text without an ending that says so. */
const TEXT_NAMES = /^(readme|license|licence|copying|changelog|authors|makefile|dockerfile|jenkinsfile|vagrantfile)$/i;

/** The ending of a name in lower case; empty when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

export function categoryOf(entry: FileEntry): Category {
  if (entry.kind === 'directory' || entry.target === 'directory') return 'folder';
  if (!isRegular(entry)) return 'other';
  const known = CATEGORY_OF.get(extensionOf(entry.name));
  return known ?? (TEXT_NAMES.test(entry.name) || entry.name.startsWith('.') ? 'text' : 'other');
}

/** Whether it has content that can be read: an ordinary file, or a link to one. */
export function isRegular(entry: FileEntry): boolean {
  return entry.kind === 'file' || entry.target === 'file';
}

/** What it is, in words: `Folder`, `Image · PNG`, `Link to nothing`. */
export function kindLabel(entry: FileEntry): string {
  const { kinds } = texts.files;
  if (entry.kind === 'link') return entry.target === 'missing' ? kinds.brokenLink : kinds.link;
  if (entry.kind === 'directory') return kinds.folder;
  if (entry.kind === 'other') return kinds.special;
  const category = categoryOf(entry);
  const extension = extensionOf(entry.name);
  const shown = /^[a-z0-9]{1,8}$/.test(extension) ? ` · ${extension.toUpperCase()}` : '';
  return `${kinds[category]}${shown}`;
}

/** Sounds that often carry a picture. */
const WITH_COVER = new Set(['flac', 'm4a', 'mp3']);

/** Whether the device can make a small picture of it. */
export function hasThumbnail(entry: FileEntry): boolean {
  const category = categoryOf(entry);
  const extension = extensionOf(entry.name);
  return (
    category === 'video' ||
    (category === 'audio' && WITH_COVER.has(extension)) ||
    (category === 'image' && extension !== 'svg')
  );
}
