import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { PATHS } from '@porthole/protocol';
import { type Exit, type Program, porthole, portholeOutput } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { type House, PASSWORD, type UserName } from './house.ts';

/** Somebody who is signed in by `porthole login`, and runs its commands. */
export class CliUser {
  readonly tokenFile: string;

  private constructor(tokenFile: string) {
    this.tokenFile = tokenFile;
  }

  static async signIn(house: House, name: UserName = 'oli'): Promise<CliUser> {
    const tokenFile = join(house.keep(new TempDir()).path, 'deeper', 'session.json');
    const fingerprint = await fingerprintOf(house);
    const args = ['login', '--hub', house.hub.url, '--user', name, '--password-stdin', '--fingerprint', fingerprint];
    await portholeOutput([...args, '--token-file', tokenFile], { input: `${PASSWORD}\n` });
    return new CliUser(tokenFile);
  }

  /** Begins `porthole …` with the token. */
  start(args: string[], input?: string): Program {
    const env = { PORTHOLE_TOKEN_FILE: this.tokenFile };
    return porthole(args, { env, ...(input !== undefined && { input }) });
  }

  /** Runs it to its end. */
  async run(args: string[], input?: string): Promise<Exit & { stdout: string; stderr: string }> {
    const program = this.start(args, input);
    const exit = await program.exited;
    return { ...exit, stdout: program.stdout, stderr: program.stderr };
  }
}

/** SHA-256 of the hub's authority. */
export async function fingerprintOf(house: House): Promise<string> {
  const api = await house.signIn();
  const { body } = await api.request('GET', PATHS.authority);
  return new X509Certificate(body).fingerprint256;
}
