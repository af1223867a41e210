import { openDatabase } from '../base/db/database.ts';
import { HistoryStore } from '../features/stats/history/historyStore.ts';
import { Recorder } from '../features/stats/history/recorder.ts';

/**
 * Writes the history of devices without end, from a moment on that is said in ms since 1970, and says on stdout up to which one it
 * is stored: to be killed by a test. The clock goes on by a second per sample.
 */
const [, , dataDir = '', from = '0', devices = '20'] = process.argv;
const recorder = new Recorder(new HistoryStore(openDatabase(dataDir)));
const link = {};
for (let now = Number(from); ; now += 1_000) {
  for (let device = 0; device < Number(devices); device++) {
    const sample = { at: 0, cpu: 0.25, memory: { used: 1, total: 2 } };
    recorder.record({ deviceId: `device ${device}`, now, sample, at: now, intervalMs: 1_000, link });
  }
  if (now % 5_000 !== 0) continue;
  recorder.flush();
  process.stdout.write(`${now}\n`);
}
