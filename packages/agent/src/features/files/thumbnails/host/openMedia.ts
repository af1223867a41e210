import type { FormatContext } from 'node-av/lib';
import { type Av, check } from './av.ts';

/**
 * What may be looked into: pictures, sounds and films that hold their content themselves. Lists of other files (HLS, concat
 * and the like) are not among them: they would lead anywhere.
 */
const FORMATS = [
  'png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,gif,apng,tiff_pipe,psd_pipe,exr_pipe,jpegxl_pipe,jpegxl_anim,j2k_pipe,qoi_pipe',
  'pcx_pipe,dds_pipe,hdr_pipe,sgi_pipe,sunrast_pipe,ppm_pipe,pgm_pipe,pbm_pipe,pam_pipe,pfm_pipe,xbm_pipe,ico',
  'mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,dv,rm,nut,ivf,wtv,h264,hevc,m4v',
  'mp3,flac,wav,aac,ac3,eac3,dts,aiff,amr,ape,wv,tta,caf,au,w64,dsf,mpc,mpc8,truehd',
].join(',');
/** Photographs come in hundreds of tiles. */
const MAX_STREAMS = 1_000;
const PROBE_BYTES = 5_000_000;

/** A file that is open, and what is known of its streams. Disposing closes it. */
export interface OpenMedia extends Disposable {
  input: FormatContext;
}

/** Opens a file of one of the formats that are let in. Throws for anything else. */
export function openMedia(av: Av, path: string): OpenMedia {
  const input = new av.FormatContext();
  input.allocContext();
  const limits = {
    format_whitelist: FORMATS,
    protocol_whitelist: 'file',
    probesize: PROBE_BYTES,
    max_streams: MAX_STREAMS,
    fflags: '+genpts',
  };
  try {
    check(input.openInputSync(`file:${path}`, null, av.Dictionary.fromObject(limits)), 'not a known format');
    check(input.findStreamInfoSync(), 'nothing is known of it');
    return { input, [Symbol.dispose]: () => input.closeInputSync() };
  } catch (error) {
    input.closeInputSync();
    throw error;
  }
}
