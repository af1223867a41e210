import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
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
  aptGet(['install', '-qq', '--yes', '--no-install-recommends', ...missing]);
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
