import '../../../base/strictZod.ts';
import { ScreenClient } from './screenClient.ts';
import type { ScreenNews } from './screenNews.ts';
import { transferables } from './steps.ts';
import type { ToWorker } from './workerMessages.ts';

/**
 * The worker of one screen: everything between the network and the canvas happens here. The canvas itself stays
 * with the page: what a worker draws is seen two frames later.
 */
let client: ScreenClient | undefined;

/** Pixels are handed over, not copied. */
function tell(news: ScreenNews): void {
  self.postMessage(news, { transfer: news.type === 'picture' ? transferables(news.steps) : [] });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'start':
      client = new ScreenClient(data.target, tell);
      return;
    case 'painted':
      return client?.painted(data);
    case 'keySent':
      return client?.keySent(data.at);
    case 'select':
      return client?.select(data.monitor);
    case 'settings':
      return client?.set(data.settings);
    case 'pause':
      return client?.pause(data.paused);
    case 'retry':
      return client?.retry();
    case 'close':
      client?.close();
      return self.close();
  }
};
