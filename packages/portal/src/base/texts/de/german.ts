import type { Texts } from '../../texts.ts';
import { alertTexts } from './alertTexts.ts';
import { arrangeTexts } from './arrangeTexts.ts';
import { commandTexts } from './commandTexts.ts';
import { deviceTexts } from './deviceTexts.ts';
import { entryTexts } from './entryTexts.ts';
import { errorTexts } from './errorTexts.ts';
import { fileTexts } from './fileTexts.ts';
import { generalTexts } from './generalTexts.ts';
import { healthTexts } from './healthTexts.ts';
import { homeTexts } from './homeTexts.ts';
import { paletteTexts } from './paletteTexts.ts';
import { powerTexts } from './powerTexts.ts';
import { screenTexts } from './screenTexts.ts';
import { sendingTexts } from './sendingTexts.ts';
import { settingsTexts } from './settingsTexts.ts';
import { shortcutTexts } from './shortcutTexts.ts';
import { terminalTexts } from './terminalTexts.ts';
import { workspaceTexts } from './workspaceTexts.ts';

/** Everything that the portal says, in German: plain, and without addressing anybody. */
export const german: Texts = {
  locale: 'de-DE',
  ...generalTexts,
  ...entryTexts,
  ...homeTexts,
  ...deviceTexts,
  ...screenTexts,
  files: fileTexts,
  terminal: terminalTexts,
  arrange: arrangeTexts,
  commands: commandTexts,
  health: healthTexts,
  power: powerTexts,
  alerts: alertTexts,
  sending: sendingTexts,
  workspace: workspaceTexts,
  palette: paletteTexts,
  settings: settingsTexts,
  shortcuts: shortcutTexts,
  errors: errorTexts,
};
