import type { FileEntry } from '@porthole/protocol';
import { texts } from '../../../base/texts.ts';
import { FolderMessage } from '../FolderMessage.tsx';
import { categoryOf, isRegular } from '../fileKinds.ts';
import type { Pane } from '../usePane.ts';
import { ByContent, isAmbiguous } from './ByContent.tsx';
import { HexView } from './HexView.tsx';
import { ImageView } from './ImageView.tsx';
import { MediaView } from './MediaView.tsx';
import { PdfView } from './PdfView.tsx';
import { TextView } from './TextView.tsx';

export interface ViewerProps {
  pane: Pane;
  entry: FileEntry;
  /** It is no longer on the device. */
  gone: boolean;
  path: string;
  setUnsaved(unsaved: boolean): void;
}

/** What shows a file, by what it seems to be. */
export function Viewer(props: ViewerProps) {
  const { entry } = props;
  if (!isRegular(entry)) return <FolderMessage kind="failed" what={texts.files.viewer.special} />;
  switch (categoryOf(entry)) {
    case 'image':
      return <ImageView {...props} />;
    case 'video':
    case 'audio':
      return <MediaView {...props} />;
    case 'pdf':
      return <PdfView {...props} />;
    case 'text':
      return isAmbiguous(entry.name) ? <ByContent {...props} /> : <TextView {...props} />;
    case 'other':
      return <ByContent {...props} />;
    default:
      return <HexView {...props} />;
  }
}
