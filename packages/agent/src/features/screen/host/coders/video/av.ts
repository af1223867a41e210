type Lib = typeof import('node-av/lib');
type Constants = typeof import('node-av/constants');
/** The bindings to FFmpeg. */
export type Av = Lib & Constants;

let loading: Promise<Av> | undefined;

/** Loads FFmpeg the first time it is asked for: 50 MB that a screen without video never needs. Rejects where there is no build of it. */
export function loadAv(): Promise<Av> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Av> {
  const [lib, constants] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
  // What goes wrong is reported by the calls themselves.
  lib.Log.setLevel(constants.AV_LOG_QUIET);
  return { ...lib, ...constants };
}

/** Marks what a frame holds, or a codec context codes: BT.709, limited range, as browsers take it without being told. */
export function markBt709(av: Av, target: ColourFlags): void {
  target.colorSpace = av.AVCOL_SPC_BT709;
  target.colorRange = av.AVCOL_RANGE_MPEG;
  target.colorPrimaries = av.AVCOL_PRI_BT709;
  target.colorTrc = av.AVCOL_TRC_BT709;
}

type ColourFlags = Pick<InstanceType<Lib['Frame']>, 'colorSpace' | 'colorRange' | 'colorPrimaries' | 'colorTrc'>;
