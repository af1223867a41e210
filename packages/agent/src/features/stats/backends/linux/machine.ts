import type { SystemFiles } from './systemFiles.ts';

const DMI = 'sys/class/dmi/id';
/** What makers write who wrote nothing. */
const NOTHING =
  /^(?:|none|n\/a|unknown|invalid|default string|not (?:specified|applicable)|undefined|oem|system (?:manufacturer|product name|version)|to be filled.*|o\.?e\.?m\.?|0+|x\.x|type1.*|all series|\.+)$/i;

/** Maker and model, as the firmware tells them; what it does not tell is left out. */
export function findMachine(files: SystemFiles): { maker?: string; model?: string } {
  const of = (name: string) => plain(files.now(`${DMI}/${name}`));
  const maker = of('sys_vendor') ?? of('board_vendor');
  // This maker writes a number where others write the name.
  const model =
    (/lenovo/i.test(maker ?? '') ? of('product_version') : undefined) ?? of('product_name') ?? of('board_name');
  const board = plain(files.now('proc/device-tree/model') ?? files.now('sys/firmware/devicetree/base/model'));
  const name = model ?? board;
  return { ...(maker ? { maker } : {}), ...(name ? { model: name } : {}) };
}

function plain(text: string | undefined): string | undefined {
  const name = (text ?? '').replaceAll('\0', '').trim().slice(0, 256);
  return NOTHING.test(name) ? undefined : name;
}
