import { ScreenClient } from './screenClient.ts';
import type { ToWorker } from './workerMessages.ts';

/** The worker of one screen: everything between the network and the canvas happens here. */
let client: ScreenClient | undefined;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'start':
      client = new ScreenClient(data.canvas, data.target, (news) => self.postMessage(news));
      return;
    case 'select':
      return client?.select(data.monitor);
    case 'pause':
      return client?.pause(data.paused);
    case 'retry':
      return client?.retry();
    case 'close':
      client?.close();
      return self.close();
  }
};
