import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { Refusal } from './refusal.mjs';

// dpkg calls ldconfig and start-stop-daemon, which a bare user's PATH does not hold.
const env = {
  ...process.env,
  PATH: `${process.env.PATH ?? '/usr/bin:/bin'}:/usr/sbin:/sbin`,
  DEBIAN_FRONTEND: 'noninteractive',
  LC_ALL: 'C.UTF-8',
};

/**
 * Installs the missing ones of `packages` on Debian and Ubuntu. Throws `Refusal` naming the command to run when this is
 * not root, not Debian, or apt-get fails.
 *
 * @param {readonly string[]} packages
 * @param {string} purpose completes "… needs the packages a, b"
 */
export function ensureDebian(packages, purpose) {
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Refusal(`${purpose} needs what Debian calls ${packages.join(', ')}; please install it by hand.`);
  }
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  const command = `apt-get install --yes --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) throw new Refusal(`${purpose} needs more packages; please run: sudo ${command}`);
  process.stderr.write(`Installing Debian packages: ${missing.join(' ')}…\n`);
  aptGet(['update', '-qq']);
  withoutServices(() => aptGet(['install', '-qq', '--yes', '--no-install-recommends', ...missing]));
}

/** Debian asks this program whether a service may be started; 101 forbids it. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

/**
 * What is installed here is run by whoever needs it: no web or SSH server of the system shall listen because of it. A policy
 * that the machine has of its own stays.
 *
 * @param {() => void} install
 */
function withoutServices(install) {
  if (existsSync(SERVICE_POLICY)) return install();
  writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(SERVICE_POLICY, { force: true });
  }
}

/** @param {readonly string[]} packages @returns {string[]} those not installed */
export function missingPackages(packages) {
  const format = `\${Package} \${db:Status-Abbrev}\n`;
  const query = spawnSync('dpkg-query', ['--show', `--showformat=${format}`, ...packages], { encoding: 'utf8', env });
  if (query.error) throw new Refusal(`dpkg-query could not be started: ${query.error.message}`);
  return notInstalled(packages, query.stdout);
}

/**
 * @param {readonly string[]} packages
 * @param {string} listing lines of "name status", status `ii` meaning installed
 */
export function notInstalled(packages, listing) {
  const installed = new Set(listing.split('\n').flatMap((line) => /^(\S+) .i\s*$/.exec(line)?.[1] ?? []));
  return packages.filter((name) => !installed.has(name));
}

/** @param {string[]} args */
function aptGet(args) {
  const done = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { encoding: 'utf8', env });
  if (done.status === 0) return;
  const lines = `${done.stdout}${done.stderr}`.trim().split('\n');
  throw new Refusal(`apt-get ${args[0]} failed:\n${lines.slice(-8).join('\n')}`);
}
