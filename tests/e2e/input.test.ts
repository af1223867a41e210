import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type KeyReporter, keyReporter } from '../support/x11/keyReporter.ts';
import { setLayout } from '../support/x11/layout.ts';
import { ADMIN, House, showsExactly, VIEWER } from './house.ts';

const SCREEN = '[data-testid=screen]';

/** Types as somebody whose own layout has all of it, and waits until the program on the device has it. */
async function typed(page: Page, reporter: KeyReporter, text: string): Promise<void> {
  reporter.clear();
  await page.keyboard.insertText(text);
  await eventually(`‘${text}’ arrives`, async () => {
    await reporter.settle();
    if (reporter.text() !== text) throw new Error(`so far: ‘${reporter.text()}’`);
    return true;
  });
}

async function inControl(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Release' }).waitFor();
}

test('typing and clicking arrive, whatever the layout of the device', async () => {
  await using house = await House.build('desk');
  const { xvfb } = house.device('desk');
  const page = await house.watch('desk');
  await showsExactly(page, house.device('desk'));
  await inControl(page);
  for (const layout of ['us', 'de', 'fr', 'ru']) {
    await setLayout(xvfb.display, layout);
    const reporter = await keyReporter(xvfb.display);
    try {
      await page.locator(SCREEN).click();
      reporter.clear();
      await page.keyboard.type('Hello, World! 7+5=12 @{[]}~');
      await eventually(`keys arrive with layout ${layout}`, async () => {
        await reporter.settle();
        if (reporter.text() !== 'Hello, World! 7+5=12 @{[]}~') throw new Error(`so far: ‘${reporter.text()}’`);
        return true;
      });
      await typed(page, reporter, 'ß é ñ € 漢 😀');
    } finally {
      reporter.close();
    }
  }
});

test('pointer, buttons and wheel arrive where they were meant', async () => {
  await using house = await House.build('desk');
  const page = await house.watch('desk');
  await showsExactly(page, house.device('desk'));
  await inControl(page);
  const reporter = await keyReporter(house.device('desk').xvfb.display);
  try {
    const box = await page.locator(SCREEN).boundingBox();
    assert.ok(box);
    const at = (x: number, y: number) => [box.x + (x / 800) * box.width, box.y + (y / 600) * box.height] as const;
    await page.mouse.move(...at(200.5, 150.5));
    await page.mouse.down();
    await page.mouse.move(...at(300.5, 250.5));
    await page.mouse.up();
    await page.mouse.click(...at(300.5, 250.5), { button: 'right' });
    await page.mouse.wheel(0, 120);
    await page.mouse.wheel(0, 120);
    const buttons = await eventually('all of it arrives', async () => {
      await reporter.settle();
      const events = reporter.events.filter((event) => event.type === 'button');
      if (events.length < 8) throw new Error(`so far: ${JSON.stringify(events)}`);
      return events;
    });
    const near = (value: number, wanted: number) => Math.abs(value - wanted) <= 1;
    const [press, release] = buttons;
    assert.ok(press && near(press.x, 200) && near(press.y, 150), `pressed at ${press?.x},${press?.y}`);
    assert.ok(release && near(release.x, 300) && near(release.y, 250), `released at ${release?.x},${release?.y}`);
    assert.deepEqual(
      buttons.slice(0, 8).map(({ button, down }) => `${button}${down ? '+' : '-'}`),
      ['1+', '1-', '3+', '3-', '5+', '5-', '5+', '5-'],
    );
  } finally {
    reporter.close();
  }
});

test('keys never stick: focus lost, control taken, page closed', async () => {
  await using house = await House.build('desk');
  const { xvfb } = house.device('desk');
  const first = await house.watch('desk');
  await showsExactly(first, house.device('desk'));
  await inControl(first);
  const reporter = await keyReporter(xvfb.display);
  const held = () => {
    const down = new Set<number>();
    for (const event of reporter.events) {
      if (event.type !== 'key') continue;
      if (event.down) down.add(event.keycode);
      else down.delete(event.keycode);
    }
    return down.size;
  };
  const holdSomething = async (page: Page) => {
    await page.locator(SCREEN).last().click();
    // The person lets go here of what the device was made to let go of before.
    await page.keyboard.up('a');
    await page.keyboard.up('Shift');
    await reporter.settle();
    reporter.clear();
    await page.keyboard.down('Shift');
    await page.keyboard.down('a');
    await eventually('two keys are down', async () => {
      await reporter.settle();
      return held() === 2;
    });
  };
  const allReleased = (why: string) =>
    eventually(why, async () => {
      await reporter.settle();
      return held() === 0;
    });
  try {
    await holdSomething(first);
    await first.evaluate(() => window.dispatchEvent(new Event('blur')));
    await allReleased('losing the focus releases');

    await holdSomething(first);
    const second = await house.watch('desk');
    await second.getByRole('button', { name: 'Take control' }).click();
    await inControl(second);
    await allReleased('losing control releases');

    await holdSomething(second);
    await second.context().close();
    await allReleased('closing the page releases');
  } finally {
    reporter.close();
  }
});

test('control is taken, given, and only watched', async () => {
  await using house = await House.build('desk');
  const first = await house.watch('desk');
  await inControl(first);
  const second = await house.watch('desk');
  await second.getByRole('button', { name: 'Take control' }).waitFor();
  await second.getByRole('button', { name: 'Take control' }).click();
  await inControl(second);
  await first.getByText('Somebody else took control').waitFor();

  await second.getByRole('button', { name: 'Who is watching' }).click();
  await second.getByRole('button', { name: `Give control to ${ADMIN.username}` }).click();
  await inControl(first);
  await second.getByRole('button', { name: 'Take control' }).waitFor();

  const watcher = await house.watch('desk', VIEWER);
  await showsExactly(watcher, house.device('desk'));
  assert.equal(await watcher.getByRole('button', { name: 'Take control' }).count(), 0);
});
