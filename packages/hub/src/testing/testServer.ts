import type { FastifyInstance } from 'fastify';
import type { Subject } from '../base/access.ts';
import type { ResolveSession } from '../base/http/rights.ts';
import { PublicUrls } from '../base/publicUrls.ts';
import { createWebServer } from '../base/server.ts';
import { LocalAuthority } from '../base/tls/localAuthority.ts';
import { logLines } from './logLines.ts';
import { type Cleanup, temporaryFolder } from './temporaryFolder.ts';

/** Everything in front of the routes, without routes and without a network: ask it through `inject`. */
export async function testServer(
  t: Cleanup,
  ownCertificate = false,
  resolve: ResolveSession = subjectOf,
): Promise<{ app: FastifyInstance; urls: PublicUrls; lines: ReturnType<typeof logLines>['lines'] }> {
  const urls = new PublicUrls({ given: ['https://hub.test'], host: '127.0.0.1', port: 443 });
  const { credentials } = await LocalAuthority.open({ dataDir: temporaryFolder(t), names: ['hub.test'] });
  const { log, lines } = logLines();
  const { app } = createWebServer({
    urls,
    credentials,
    ownCertificate,
    resolve,
    denied: () => undefined,
    log,
  });
  t.after(() => app.close());
  return { app, urls, lines };
}

/** The cookie is the role. */
function subjectOf(cookie: string | undefined): Subject | undefined {
  if (cookie !== 'admin' && cookie !== 'operator' && cookie !== 'viewer') return undefined;
  return { sessionId: 's', userId: 'u', username: 'ada', role: cookie };
}
