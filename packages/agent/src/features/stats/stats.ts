import type { StatsParams } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import type { StatsBackend } from './backend.ts';
import { missingPrograms } from './missingPrograms.ts';
import { primed } from './primed.ts';
import { ProcessStream } from './processStream.ts';
import { SampleTaker } from './sampleTaker.ts';
import { SharedSampler } from './sharedSampler.ts';

/** Rates over more than this, in ms, are not how the machine is now: somebody who begins to look gets new ones. */
const STALE_MS = 5_000;

/** How the device is: looked at once for all who want the same, at the pace that the quickest asks for. */
export class StatsFeature implements FeatureHandler {
  readonly #samples: SharedSampler<Awaited<ReturnType<SampleTaker['take']>>>;
  readonly #health;
  readonly #processes;

  constructor(backend: StatsBackend) {
    const samples = new SampleTaker(backend);
    const health = backend.health();
    const processes = backend.processes();
    this.#samples = new SharedSampler(() => samples.take());
    this.#health = new SharedSampler(primed(() => health.read(), STALE_MS));
    this.#processes = new SharedSampler(primed(() => processes.rows(), STALE_MS));
  }

  open(channel: HostChannel): ChannelListener {
    const params = channel.params as StatsParams;
    channel.accept();
    return params.operation === 'processes' ? this.#list(channel, params) : this.#tell(channel, params);
  }

  close(): void {
    for (const sampler of [this.#samples, this.#health, this.#processes]) sampler.close();
  }

  #tell(channel: HostChannel, params: StatsParams): ChannelListener {
    const { operation, intervalMs } = params;
    let last: object | undefined;
    const send = (message: object) => {
      last = message;
      channel.send(Buffer.from(JSON.stringify(message, briefly)), true);
    };
    const leave =
      operation === 'health'
        ? this.#health.join({ intervalMs, receive: send })
        : this.#samples.join({
            intervalMs,
            receive: ({ sample, running }) => send({ ...sample, ...missing(params.programs, running) }),
          });
    return { message: () => undefined, lagged: () => last && send(last), closed: leave };
  }

  #list(channel: HostChannel, { intervalMs }: StatsParams): ChannelListener {
    const stream = new ProcessStream((news, sync) => channel.send(Buffer.from(JSON.stringify(news)), sync));
    const leave = this.#processes.join({ intervalMs, receive: (rows) => stream.update(Date.now(), rows) });
    return { message: () => undefined, lagged: () => stream.whole(), closed: leave };
  }
}

/** Figures as exact as anybody can see. */
function briefly(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10_000) / 10_000;
}

function missing(programs: string, running: readonly { name: string }[]): { missing?: string[] } {
  const names = missingPrograms(programs, running);
  return names.length > 0 ? { missing: names } : {};
}
