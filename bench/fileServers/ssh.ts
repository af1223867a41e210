import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../tests/support/eventually.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';

const PROGRAM = '/usr/sbin/sshd';
/** Where a server that runs as root locks its first steps in; Debian makes it when the service starts. */
const EMPTY_FOLDER = '/run/sshd';

/** An SSH server on a port of 127.0.0.1 that lets in nobody but this user, with a key that is gone afterwards. */
export class SshServer implements AsyncDisposable {
  readonly #key: string;
  readonly #port: number;
  readonly #running: AsyncDisposableStack;

  private constructor(key: string, port: number, running: AsyncDisposableStack) {
    this.#key = key;
    this.#port = port;
    this.#running = running;
  }

  static async start(): Promise<SshServer> {
    await using started = new AsyncDisposableStack();
    const temp = started.use(new TempDir());
    const [key, hostKey] = [join(temp.path, 'key'), join(temp.path, 'host')];
    for (const path of [key, hostKey]) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
    if (process.getuid?.() === 0) mkdirSync(EMPTY_FOLDER, { recursive: true, mode: 0o755 });
    const port = await freePort();
    const config = join(temp.path, 'config');
    writeFileSync(config, configOf({ key, hostKey, port }));
    started.use(new Program(PROGRAM, ['-D', '-e', '-f', config]));
    await eventually('the SSH server listens', () => canConnect(port));
    return new SshServer(key, port, started.move());
  }

  /** `scp -r`. Rejects with what it says went wrong. */
  async copyTo(source: string, target: string): Promise<void> {
    const settings = ['-F', '/dev/null', '-i', this.#key, '-P', `${this.#port}`];
    const trust = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'];
    const address = `${userInfo().username}@127.0.0.1:${target}`;
    await using scp = new Program('scp', ['-r', '-q', '-B', ...settings, ...trust, source, address]);
    const { code } = await scp.exited;
    if (code !== 0) throw new Error(`scp: ${scp.stderr.trim()}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running.disposeAsync();
  }
}

function configOf({ key, hostKey, port }: { key: string; hostKey: string; port: number }): string {
  return [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${key}.pub`,
    `AllowUsers ${userInfo().username}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    // The folder of the keys lies in one that everybody may write to.
    'StrictModes no',
    'PidFile none',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
