import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { openFolder as open, openBeside, row, upload } from './filesPage.ts';
import { House, sharedHouse, VIEWER } from './house.ts';

const home = sharedHouse('desk');

test('a folder is made, renamed, filled, read and thrown away', async () => {
  using folder = new TempDir();
  const house = await home();
  const page = await open(house, folder.path);
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('made here');
  await page.keyboard.press('Enter');
  await row(page, /^made here/).click();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('renamed');
  await page.keyboard.press('Enter');
  await row(page, /^renamed/).dblclick();
  await page.waitForURL(/\/renamed$/);
  await upload(page, { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('first') });
  await row(page, /^a\.txt/).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  assert.equal(readFileSync(await (await saved).path(), 'utf8'), 'first');
  await page.goBack();
  await row(page, /^renamed/).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await row(page, /^renamed/).waitFor({ state: 'detached' });
});

test('a download that is refused says why', async () => {
  using folder = new TempDir();
  for (const name of ['gone.txt', 'there.txt']) writeFileSync(join(folder.path, name), name);
  const house = await home();
  const page = await open(house, folder.path);
  // As if the account that the device's agent runs as may not read it.
  const denied = {
    status: 403,
    json: { code: 'file.denied', message: 'The device does not let this be read or changed.' },
  };
  await page.route(/content\?path=.*gone/, (route) => route.fulfill(denied));
  const saved: string[] = [];
  page.on('download', (download) => saved.push(download.suggestedFilename()));
  await row(page, /^gone\.txt/).click();
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('alert').getByText('The device does not let this be read or changed.').waitFor();
  const download = page.waitForEvent('download');
  await row(page, /^there\.txt/).click();
  await page.getByRole('button', { name: 'Download' }).click();
  await download;
  assert.deepEqual(saved, ['there.txt']);
});

test('a taken name is asked about, and keeping both keeps both', async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'a.txt'), 'old');
  const house = await home();
  const page = await open(house, folder.path);
  await upload(page, { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('new') });
  await page.getByRole('button', { name: 'Keep both' }).click();
  await row(page, /^a \(2\)\.txt/).waitFor();
  assert.equal(readFileSync(join(folder.path, 'a.txt'), 'utf8'), 'old');
  await upload(page, { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('newer') });
  await page.getByRole('button', { name: 'Replace' }).click();
  await eventually('the file is replaced', () => readFileSync(join(folder.path, 'a.txt'), 'utf8') === 'newer');
});

test('what is pasted asks about taken names one by one, and an answer for all ends the questions', async () => {
  using folder = new TempDir();
  for (const place of ['from', 'to']) {
    mkdirSync(join(folder.path, place));
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder.path, place, name), place);
  }
  writeFileSync(join(folder.path, 'from', 'free'), 'from');
  const house = await home();
  const page = await open(house, join(folder.path, 'from'));
  await row(page, /^free/).waitFor();
  await page.getByRole('grid', { name: 'Files' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Backspace');
  await row(page, /^to/).dblclick();
  await page.waitForURL(/\/to$/);
  await row(page, /^a/).waitFor();
  await page.keyboard.press('Control+v');
  await page.getByRole('dialog', { name: /“a”/ }).getByRole('button', { name: 'Replace' }).click();
  const second = page.getByRole('dialog', { name: /“b”/ });
  await second.getByRole('checkbox', { name: 'The same for all others' }).check();
  await second.getByRole('button', { name: 'Keep both' }).click();
  await row(page, /^c \(2\)/).waitFor();
  const held = (name: string) => readFileSync(join(folder.path, 'to', name), 'utf8');
  assert.deepEqual(['a', 'b', 'b (2)', 'c', 'free'].map(held), ['from', 'to', 'from', 'to', 'from']);
});

test('files that are dropped on the folder arrive, and what changes on the device shows by itself', async () => {
  using folder = new TempDir();
  const house = await home();
  const page = await open(house, folder.path);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'dropped.txt'));
    for (let at = 0; at < 150; at += 1) data.items.add(new File([`small ${at}`], `small ${at}.txt`));
    return data;
  });
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') requests.push(new URL(request.url()).pathname.split('/').at(-1) ?? '');
  });
  const grid = page.getByRole('grid', { name: 'Files' });
  await grid.dispatchEvent('dragover', { dataTransfer: transfer });
  await grid.dispatchEvent('drop', { dataTransfer: transfer });
  await row(page, /^dropped\.txt/).waitFor();
  await eventually('all have arrived', () => readdirSync(folder.path).length === 151);
  for (let at = 0; at < 150; at += 1)
    assert.equal(readFileSync(join(folder.path, `small ${at}.txt`), 'utf8'), `small ${at}`);
  assert.deepEqual([requests.includes('batches'), requests.includes('uploads')], [true, false]);
  assert.ok(requests.length < 10, 'they shared requests');
  writeFileSync(join(folder.path, 'appeared.txt'), 'x');
  await row(page, /^appeared\.txt/).waitFor();
});

test('a folder shows, and follows, a device that comes back, whether it was opened before or meanwhile', async () => {
  using folder = new TempDir();
  mkdirSync(join(folder.path, 'inner'));
  await using house = await House.build('desk');
  const page = await open(house, folder.path);
  await row(page, /^inner/).waitFor();
  const late = await open(house, folder.path);
  const { agent } = house.device('desk');
  for (let round = 0; round < 3; round += 1) {
    agent.kill('SIGKILL');
    await page.getByText('The device is offline').first().waitFor();
    await late.goto(late.url());
    await late.getByText('The device is offline').first().waitFor();
    writeFileSync(join(folder.path, `meanwhile ${round}`), '');
    await agent.restart();
    await row(page, new RegExp(`^meanwhile ${round}`)).waitFor();
    await row(late, new RegExp(`^meanwhile ${round}`)).waitFor();
    writeFileSync(join(folder.path, `later ${round}`), '');
    await row(page, new RegExp(`^later ${round}`)).waitFor();
    await row(late, new RegExp(`^later ${round}`)).waitFor();
  }
});

test('a folder that is taken away says so, and shows again when it is put back', async () => {
  using folder = new TempDir();
  const shown = join(folder.path, 'shown');
  mkdirSync(shown);
  writeFileSync(join(shown, 'old'), '');
  const house = await home();
  const page = await open(house, shown);
  await row(page, /^old/).waitFor();
  const said = page.getByText('The folder could not be read again');
  renameSync(shown, join(folder.path, 'elsewhere'));
  await said.waitFor();
  mkdirSync(shown);
  writeFileSync(join(shown, 'new'), '');
  await row(page, /^new/).waitFor();
  await row(page, /^old/).waitFor({ state: 'detached' });
  await said.waitFor({ state: 'detached' });
  writeFileSync(join(shown, 'newer'), '');
  await row(page, /^newer/).waitFor();
  rmSync(shown, { recursive: true });
  await said.waitFor();
});

test('an upload goes on after the page was reloaded, when the file is given again', async () => {
  using folder = new TempDir();
  using source = new TempDir();
  const big = join(source.path, 'big.bin');
  const content = Buffer.alloc(24 * 1024 * 1024, 'porthole');
  writeFileSync(big, content);
  const house = await home();
  const page = await open(house, folder.path);
  const network = await page.context().newCDPSession(page);
  const limits = { offline: false, latency: 0, downloadThroughput: -1 };
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { ...limits, uploadThroughput: 2_000_000 });
  await upload(page, big);
  const bar = page.getByRole('progressbar');
  await eventually('a part has arrived', async () => Number(await bar.getAttribute('aria-valuenow')) >= 20);
  await page.reload();
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  await network.send('Network.emulateNetworkConditions', { ...limits, uploadThroughput: -1 });
  const chooseAgain = async (file: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose the file again' }).click();
    await (await chooser).setFiles(file);
  };
  const other = join(source.path, 'other.bin');
  writeFileSync(other, 'other');
  await chooseAgain(other);
  const wrong = page.getByText('That is not the same file. Nothing was uploaded.');
  await wrong.waitFor();
  assert.ok(((await wrong.boundingBox())?.height ?? 0) > 10, 'it can be seen');
  await chooseAgain(big);
  await row(page, /^big\.bin/).waitFor();
  assert.ok((offsets[0] ?? 0) > 0, 'it did not begin anew');
  assert.ok(readFileSync(join(folder.path, 'big.bin')).equals(content));
});

test('of uploads whose browser is killed every file is whole or absent, and given again all arrive', async () => {
  using folder = new TempDir();
  using source = new TempDir();
  const contents = new Map<string, Buffer>([['big.bin', Buffer.alloc(8 * 1024 * 1024, 'porthole')]]);
  for (let at = 0; at < 300; at += 1) contents.set(`small ${at}.txt`, Buffer.alloc(3_000, `${at} `));
  for (const [name, content] of contents) writeFileSync(join(source.path, name), content);
  const paths = [...contents.keys()].map((name) => join(source.path, name));
  const arrived = () => readdirSync(folder.path).filter((name) => !name.startsWith('.'));
  const areWhole = () =>
    arrived().every((name) => contents.get(name)?.equals(readFileSync(join(folder.path, name))) === true);
  await using house = await House.build('desk');
  {
    await using browser = await openBrowser();
    const page = await open(house, folder.path, browser);
    const network = await page.context().newCDPSession(page);
    const limits = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 };
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', limits);
    await upload(page, paths);
    await eventually('some have arrived', () => arrived().length > 0);
    browser.kill();
  }
  assert.deepEqual([arrived().includes('big.bin'), areWhole()], [false, true]);
  const page = await open(house, folder.path);
  const missing = paths.filter((_, at) => !arrived().includes([...contents.keys()][at] ?? ''));
  await upload(page, missing);
  await eventually('all have arrived', () => arrived().length === contents.size, 60_000);
  assert.ok(areWhole());
});

test('the keyboard alone goes through a folder, into it and back', async () => {
  using folder = new TempDir();
  mkdirSync(join(folder.path, 'inner', 'deep'), { recursive: true });
  for (const name of ['apple', 'banana', 'cherry']) writeFileSync(join(folder.path, name), name);
  const house = await home();
  const page = await open(house, folder.path);
  await row(page, /^cherry/).waitFor();
  await page.getByRole('grid', { name: 'Files' }).focus();
  await page.keyboard.type('ban');
  await page.getByRole('row', { name: /^banana/, selected: true }).waitFor();
  await page.keyboard.press('Shift+End');
  await page.getByRole('row', { name: /^cherry/, selected: true }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/inner$/);
  await row(page, /^deep/).waitFor();
  await page.keyboard.press('Backspace');
  await page.getByRole('row', { name: /^inner/, selected: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('row', { name: /^apple/, selected: true }).waitFor();
});

test('hostile names are shown for what they are, and what they hold never runs in the portal', async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'rev\u202egnp.exe'), '');
  writeFileSync(join(folder.path, 'new\nline'), '');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.ran = 1</script></svg>';
  writeFileSync(join(folder.path, 'pic.svg'), svg);
  symlinkSync('nowhere', join(folder.path, 'dangling'));
  const house = await home();
  const page = await open(house, folder.path);
  await row(page, /rev\\u\{202e\}gnp\.exe/).waitFor();
  await row(page, /new\\u\{000a\}line/).waitFor();
  await row(page, /^dangling.*Link to nothing/).waitFor();
  await row(page, /^pic\.svg/).dblclick();
  await page.getByRole('img', { name: 'pic.svg' }).waitFor();
  assert.equal(await page.evaluate(() => 'ran' in window), false);
});

test('a text is edited and saved, and never over what somebody else wrote meanwhile', async () => {
  using folder = new TempDir();
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'one\r\ntwo\r\n');
  const house = await home();
  const page = await open(house, folder.path);
  await row(page, /^note\.txt/).dblclick();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('zero ');
  await page.keyboard.press('Control+s');
  await eventually('it is saved', () => readFileSync(path, 'utf8') === 'zero one\r\ntwo\r\n');
  await page.getByRole('button', { name: 'Save', disabled: true }).waitFor();
  writeFileSync(path, 'theirs');
  await page.keyboard.type('mine ');
  await page.keyboard.press('Control+s');
  await page.getByText('The file changed on the device meanwhile').waitFor();
  assert.equal(readFileSync(path, 'utf8'), 'theirs');
  await page.getByRole('button', { name: 'Overwrite it' }).click();
  await eventually('it is overwritten', () => readFileSync(path, 'utf8').includes('mine'));
});

test('what is dragged to a pane of another device is copied there', async () => {
  using folder = new TempDir();
  mkdirSync(join(folder.path, 'to'));
  writeFileSync(join(folder.path, 'a.txt'), 'content');
  await using house = await House.build('desk', 'lab');
  const page = await open(house, folder.path);
  const beside = await openBeside(page, 'lab', join(folder.path, 'to'));
  await beside.getByText('This folder is empty.').waitFor();
  const first = page.locator('section:has([role=grid])').nth(0);
  await first.getByRole('row', { name: /^a\.txt/ }).dragTo(beside.getByRole('grid', { name: 'Files' }));
  await beside.getByRole('row', { name: /^a\.txt/ }).waitFor();
  assert.equal(readFileSync(join(folder.path, 'to', 'a.txt'), 'utf8'), 'content');
  assert.equal(readFileSync(join(folder.path, 'a.txt'), 'utf8'), 'content');
  await beside.getByText('The originals stay where they are.').waitFor();
});

test('what is cut and pasted on another device is copied, and that is said', async () => {
  using folder = new TempDir();
  mkdirSync(join(folder.path, 'to'));
  writeFileSync(join(folder.path, 'a.txt'), 'content');
  await using house = await House.build('desk', 'lab');
  const page = await open(house, folder.path);
  const beside = await openBeside(page, 'lab', join(folder.path, 'to'));
  await beside.getByText('This folder is empty.').waitFor();
  await row(page, /^a\.txt/).click();
  await page.keyboard.press('Control+x');
  await beside.getByRole('button', { name: 'Paste (1)' }).click();
  await beside.getByText('The originals stay where they are.').waitFor();
  await beside.getByRole('row', { name: /^a\.txt/ }).waitFor();
  assert.equal(readFileSync(join(folder.path, 'a.txt'), 'utf8'), 'content');
  await page.getByRole('button', { name: 'Paste (1)' }).first().waitFor();
});

test('who may not see files is not offered them', async () => {
  const house = await home();
  const page = await house.watch('desk', VIEWER);
  await page.getByRole('tab', { name: 'Screen' }).waitFor();
  assert.equal(await page.getByRole('tab', { name: 'Files' }).count(), 0);
  await page.goto(`${page.url()}/files/`);
  await page.getByText('You may not look at the files of this device.').waitFor();
});
