import { Program } from '../../tests/support/program.ts';
import type { CurlRequest } from '../fileServers/fileServer.ts';

/** Accepts any certificate, fails on any status that is not a success, and says nothing of its progress. */
export const CURL = ['--insecure', '--fail', '--silent', '--show-error', '--http1.1', '--header', 'Expect:'];

/**
 * Fetches, or with `--upload-file` among the arguments sends, and throws the answer away. Resolves to the seconds that it
 * took; rejects with what curl says went wrong.
 */
export async function runCurl({ url, args }: CurlRequest): Promise<number> {
  const output = ['--output', '/dev/null', '--write-out', '%{time_total}'];
  await using curl = new Program('curl', [...CURL, ...output, ...args, url]);
  const { code } = await curl.exited;
  if (code !== 0) throw new Error(`curl: ${curl.stderr.trim()}`);
  return Number(curl.stdout);
}
