import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeSystem } from '../../../../testing/fakeSystem.ts';
import { batteryOf, parseSupply, readBattery } from './battery.ts';
import { Gpus } from './gpus.ts';
import { Hardware } from './hardware.ts';
import { findMachine } from './machine.ts';
import { Sensors } from './sensors.ts';
import { SystemFiles } from './systemFiles.ts';
import { findVirtualisation } from './virtualisation.ts';

test('sensors are named by chip and label; a broken one and one that nothing is connected to are left out', async (t) => {
  const chip = 'sys/class/hwmon/hwmon0';
  const root = fakeSystem(t, {
    [`${chip}/name`]: 'coretemp\n',
    [`${chip}/temp1_input`]: '45500\n',
    [`${chip}/temp1_label`]: 'Package id 0\n',
    [`${chip}/temp2_input`]: '\n',
    [`${chip}/temp3_input`]: '-128000\n',
    [`${chip}/fan1_input`]: '1200\n',
    'sys/class/hwmon/hwmon1/name': 'nvme\n',
    'sys/class/hwmon/hwmon1/temp1_input': '38850\n',
    'sys/class/thermal/thermal_zone0/type': 'acpitz\n',
    'sys/class/thermal/thermal_zone0/temp': '27800\n',
  });
  assert.deepEqual(await new Sensors(new SystemFiles(root)).read(), {
    temperatures: [
      { name: 'coretemp Package id 0', celsius: 45.5 },
      { name: 'nvme', celsius: 38.85 },
    ],
    fans: [{ name: 'coretemp', rpm: 1_200 }],
  });
});

test('a machine without sensors tells what its zones say, and one with nothing tells nothing', async (t) => {
  const zone = 'sys/class/thermal/thermal_zone0';
  const root = fakeSystem(t, { [`${zone}/type`]: 'cpu-thermal\n', [`${zone}/temp`]: '51000\n' });
  const { temperatures } = await new Sensors(new SystemFiles(root)).read();
  assert.deepEqual(temperatures, [{ name: 'cpu-thermal', celsius: 51 }]);
  assert.deepEqual(await new Sensors(new SystemFiles('/nowhere')).read(), { temperatures: [], fans: [] });
});

const supply = (fields: Record<string, string | number>) =>
  Object.entries(fields)
    .map(([key, value]) => `POWER_SUPPLY_${key}=${value}`)
    .join('\n');

test('batteries are taken as one by what they hold, and say how long they last', async (t) => {
  const root = fakeSystem(t, {
    'sys/class/power_supply/AC/uevent': supply({ TYPE: 'Mains', ONLINE: 0 }),
    'sys/class/power_supply/BAT0/uevent': supply({
      TYPE: 'Battery',
      STATUS: 'Discharging',
      ENERGY_NOW: 30_000_000,
      ENERGY_FULL: 40_000_000,
      POWER_NOW: 10_000_000,
    }),
    'sys/class/power_supply/BAT1/uevent': supply({
      TYPE: 'Battery',
      STATUS: 'Unknown',
      ENERGY_NOW: 10_000_000,
      ENERGY_FULL: 10_000_000,
      POWER_NOW: 0,
    }),
    'sys/class/power_supply/hidpp/uevent': supply({ TYPE: 'Battery', SCOPE: 'Device', CAPACITY: 5 }),
  });
  const battery = await readBattery(new SystemFiles(root));
  assert.deepEqual(battery, { charge: 0.8, charging: false, minutesLeft: 240 });
});

test('a battery that tells its percentage alone is one, a mouse is not', () => {
  const charging = parseSupply(supply({ TYPE: 'Battery', STATUS: 'Charging', CAPACITY: 140 }));
  assert.deepEqual(batteryOf([charging]), { charge: 1, charging: true });
  assert.equal(batteryOf([parseSupply(supply({ TYPE: 'Battery', SCOPE: 'Device', CAPACITY: 50 }))]), undefined);
  assert.equal(batteryOf([parseSupply('\0\0what')]), undefined);
});

test('graphics processors say what their drivers let them', async (t) => {
  const amd = 'sys/class/drm/card0/device';
  const nvidia = 'sys/class/drm/card1/device';
  const root = fakeSystem(t, {
    [`${amd}/vendor`]: '0x1002\n',
    [`${amd}/device`]: '0x744c\n',
    [`${amd}/uevent`]: 'DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0\n',
    [`${amd}/gpu_busy_percent`]: '37\n',
    [`${amd}/mem_info_vram_total`]: '1000\n',
    [`${amd}/mem_info_vram_used`]: '250\n',
    [`${amd}/hwmon/hwmon4/temp1_input`]: '61000\n',
    'sys/class/drm/card0-DP-1/status': 'connected\n',
    [`${nvidia}/vendor`]: '0x10de\n',
    [`${nvidia}/device`]: '0x2684\n',
    [`${nvidia}/uevent`]: 'DRIVER=nvidia\nPCI_SLOT_NAME=0000:01:00.0\n',
    'proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA GeForce RTX 4090\nIRQ: 1\n',
    'usr/share/misc/pci.ids':
      '1001  Other\n\t744c  Wrong\n1002  Advanced\n\t7448  A\n\t744c  Navi 31 [Radeon RX 7900 XT]\n\t\t1da2 e471  Sub\n10de  N\n',
  });
  const gpus = new Gpus(new SystemFiles(root));
  assert.deepEqual(await gpus.facts(), [
    { name: 'AMD Radeon RX 7900 XT', memory: 1_000 },
    { name: 'NVIDIA GeForce RTX 4090' },
  ]);
  assert.deepEqual(await gpus.loads(), [
    { name: 'AMD Radeon RX 7900 XT', busy: 0.37, memory: { used: 250, total: 1_000 }, celsius: 61 },
  ]);
});

test('drives and interfaces of hardware are told from parts, sums and inner ones', (t) => {
  const device = '->../../../devices';
  const root = fakeSystem(t, {
    'sys/block/sda/device': device,
    'sys/block/nvme0n1/device': device,
    'sys/class/net/enp3s0/device': device,
    'sys/class/net/vmnet8/address': '00:00:00:00:00:01\n',
  });
  const hardware = new Hardware(new SystemFiles(root));
  const blocks = ['loop0', 'sda', 'sda1', 'nvme0n1', 'nvme0n1p1', 'dm-0', 'md0', 'zram0'];
  assert.deepEqual(hardware.drives(blocks), ['sda', 'nvme0n1']);
  assert.deepEqual(hardware.interfaces(['lo', 'enp3s0', 'docker0', 'veth12', 'vmnet8']), ['enp3s0']);
  const container = new Hardware(new SystemFiles('/nowhere'));
  assert.deepEqual(container.interfaces(['lo', 'eth0']), ['eth0'], 'in a container none is of hardware');
});

test('maker and model are told unless the maker wrote nothing', (t) => {
  const dmi = 'sys/class/dmi/id';
  const files = (texts: Record<string, string>) => new SystemFiles(fakeSystem(t, texts));
  assert.deepEqual(
    findMachine(files({ [`${dmi}/sys_vendor`]: 'Dell Inc.\n', [`${dmi}/product_name`]: 'XPS 13 9310\n' })),
    { maker: 'Dell Inc.', model: 'XPS 13 9310' },
  );
  assert.deepEqual(
    findMachine(
      files({
        [`${dmi}/sys_vendor`]: 'LENOVO\n',
        [`${dmi}/product_name`]: '20XW\n',
        [`${dmi}/product_version`]: 'ThinkPad X1\n',
      }),
    ),
    { maker: 'LENOVO', model: 'ThinkPad X1' },
  );
  assert.deepEqual(
    findMachine(
      files({
        [`${dmi}/sys_vendor`]: 'To Be Filled By O.E.M.\n',
        [`${dmi}/board_vendor`]: 'ASRock\n',
        [`${dmi}/product_name`]: 'Default string\n',
        [`${dmi}/board_name`]: 'B550M\n',
      }),
    ),
    { maker: 'ASRock', model: 'B550M' },
  );
  assert.deepEqual(findMachine(files({ 'proc/device-tree/model': 'Raspberry Pi 4 Model B\0' })), {
    model: 'Raspberry Pi 4 Model B',
  });
});

test('what a system runs in is told, and nothing of a machine of its own', async (t) => {
  const of = (texts: Record<string, string>, machine = '') =>
    findVirtualisation(new SystemFiles(fakeSystem(t, { ...texts, 'proc/nothing': '' })), machine);
  assert.equal(await of({ '.dockerenv': '' }), 'docker');
  assert.equal(await of({ 'proc/1/environ': 'TERM=xterm\0container=lxc\0' }), 'lxc');
  assert.equal(await of({ 'proc/1/cgroup': '0::/kubepods/besteffort/pod1\n' }), 'kubepods');
  assert.equal(await of({ 'proc/sys/kernel/osrelease': '5.15.90.1-microsoft-standard-WSL2\n' }), 'wsl');
  assert.equal(await of({}, 'VMware, Inc. VMware Virtual Platform'), 'vmware');
  assert.equal(await of({}, 'Microsoft Corporation Virtual Machine'), 'hyper-v');
  assert.equal(await of({}, 'Microsoft Corporation Surface Pro'), undefined);
  assert.equal(await of({ 'proc/cpuinfo': 'flags : fpu hypervisor lm\n' }), 'virtual machine');
  assert.equal(await of({ 'proc/cpuinfo': 'flags : fpu lm\n' }, 'Dell Inc. XPS'), undefined);
});
