import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../lib/install.mjs';

/** A folder of somebody's pictures and papers; it goes with the object. */
export class SampleFolder implements Disposable {
  readonly path = join(tmpdir(), 'ann', 'Workshop');

  constructor() {
    mkdirSync(this.path, { recursive: true });
    for (const name of ['Invoices', 'Sketches', 'Summer']) mkdirSync(join(this.path, name), { recursive: true });
    for (const [name, image] of [
      ['All devices.png', 'home-light'],
      ['In the evening.png', 'home-dark'],
      ['On the phone.png', 'device-phone'],
      ['The atelier.png', 'device-dark'],
    ] as const) {
      copyFileSync(join(ROOT, 'docs', 'images', `${image}.png`), join(this.path, name));
    }
    copyFileSync(join(ROOT, 'CHANGELOG.md'), join(this.path, 'What is new.md'));
    writeFileSync(join(this.path, 'Measures.csv'), 'part,width,height\nlid,40,2\n');
  }

  [Symbol.dispose](): void {
    rmSync(join(tmpdir(), 'ann'), { recursive: true, force: true });
  }
}
