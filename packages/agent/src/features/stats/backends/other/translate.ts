import type { DeviceFacts, HealthSample, ProcessRow } from '@porthole/protocol';
import type { Systeminformation as Si } from 'systeminformation';
import { startedAt } from '../../../../platform/otherProcesses.ts';

type Drives = DeviceFacts['drives'];

const MAX_DRIVES = 64;
const MAX_GPUS = 16;
const MIB = 1_024 ** 2;
/** File systems that no person calls a drive. */
const NO_DRIVES = /^(?:devfs|autofs|tmpfs|overlay|squashfs|devtmpfs)$/i;

/** Drives; `isMain` knows where the system is. */
export function toDrives(list: readonly Si.FsSizeData[], isMain: (mount: string) => boolean): Drives {
  return list
    .filter(({ type, size, mount }) => size > 0 && mount !== '' && !NO_DRIVES.test(type))
    .map(({ mount, fs, type, size, available }) => ({
      mount: mount.slice(0, 1_024),
      device: fs.slice(0, 256),
      format: type.slice(0, 256),
      size: amount(size),
      free: Math.min(amount(size), amount(available)),
      main: isMain(mount),
    }))
    .toSorted((a, b) => Number(b.main) - Number(a.main))
    .slice(0, MAX_DRIVES);
}

export function toGpus(list: readonly Si.GraphicsControllerData[]): HealthSample['gpus'] {
  return list.slice(0, MAX_GPUS).map((gpu) => ({
    name: (gpu.name || gpu.model || gpu.vendor || 'Graphics').slice(0, 256),
    ...(isNumber(gpu.utilizationGpu) ? { busy: share(gpu.utilizationGpu / 100) } : {}),
    ...(isNumber(gpu.memoryUsed) && isNumber(gpu.memoryTotal) && gpu.memoryTotal > 0
      ? { memory: { used: amount(gpu.memoryUsed * MIB), total: amount(gpu.memoryTotal * MIB) } }
      : {}),
    ...(isNumber(gpu.temperatureGpu) ? { celsius: gpu.temperatureGpu } : {}),
  }));
}

export function toBattery(data: Si.BatteryData): HealthSample['battery'] {
  if (!data.hasBattery || !isNumber(data.percent)) return undefined;
  const charging = data.isCharging || data.acConnected;
  const minutes = data.timeRemaining;
  const lasts = !charging && isNumber(minutes) && minutes > 0 ? { minutesLeft: minutes } : {};
  return { charge: share(data.percent / 100), charging, ...lasts };
}

/** Letters as other systems write them; `cores` is how many the machine has, as `cpu` comes in percent of all. */
export function toProcess(data: Si.ProcessesProcessData, cores: number): ProcessRow {
  return {
    pid: data.pid,
    parent: Math.max(0, data.parentPid),
    name: data.name.slice(0, 256),
    command: [data.command, data.params].filter(Boolean).join(' ').slice(0, 512),
    user: data.user.slice(0, 256),
    state: data.state.slice(0, 16),
    cpu: isNumber(data.cpu) ? Math.max(0, (data.cpu / 100) * cores) : 0,
    memory: amount(data.memRss * 1_024),
    started: startedAt(data.started),
  };
}

/** 0..1 whatever was counted. */
export function share(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}

/** Nothing below 0, and nothing that is no number. */
export function amount(value: number | null | undefined): number {
  return isNumber(value) ? Math.max(0, value) : 0;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
