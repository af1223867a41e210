import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { House } from './house.ts';

test('a command runs on several devices, its failures stand out, and it can be run again', async () => {
  await using house = await House.build('desk', 'shelf');
  const page = await house.page();
  await page.getByRole('link', { name: 'Run on devices' }).click();
  await page.getByRole('button', { name: 'All online' }).click();
  await page.getByRole('textbox', { name: 'Command' }).fill('sh -c "echo from $0; exit 3" "$HOME; *"');
  assert.deepEqual(await page.getByRole('list', { name: 'Arguments' }).getByRole('listitem').allTextContents(), [
    'sh',
    '-c',
    'echo from $0; exit 3',
    '$HOME; *',
  ]);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('2 of 2 done, 2 failed').first().waitFor();
  const output = page.getByRole('region', { name: 'Output' });
  for (const shown of [output.getByText('from $HOME; *', { exact: true }), output.getByText('status 3')])
    await eventually('both are shown', async () => (await shown.count()) === 2);
  const first = page.url();
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('textbox', { name: 'Command' }).fill('true');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('2 of 2 done', { exact: true }).first().waitFor();
  assert.notEqual(page.url(), first);
  await page.getByLabel('Only failed').check({ force: true });
  await page.getByText('None has failed.').waitFor();
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('HOME');
  await page.getByRole('link', { name: /^sh -c/ }).click();
  await page.waitForURL(first);
});
