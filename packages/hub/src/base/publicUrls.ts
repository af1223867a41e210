import { isIPv4 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { Failure } from './failure.ts';

const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const WILDCARDS = new Set(['0.0.0.0', '::']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** Checks a `--public-url` and returns its origin. Throws `Failure` unless it is `https://HOST[:PORT]` and nothing more. */
export function parsePublicUrl(text: string): string {
  const url = URL.parse(text);
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (!bare || url.protocol !== 'https:')
    throw new Failure(`'${text}' is not a public URL such as https://hub.example:7443.`);
  return url.origin;
}

/** The names and addresses of this machine that others could use, without those that are only valid on one cable. */
export function machineNames(): string[] {
  const name = hostname().toLowerCase();
  const local = `${name.split('.')[0]}.local`;
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const usable = addresses
    .map(({ address }) => address)
    .filter((address) => !/^(fe[89ab].:|169\.254\.)/i.test(address));
  return [...new Set([...[name, local].filter((text) => DNS_NAME.test(text)), ...usable.map(canonical)])];
}

/**
 * Under which URLs the hub answers: those it was given, or by default every name and address of the machine. Requests for
 * other hosts and from other origins are refused.
 */
export class PublicUrls {
  readonly #given: readonly string[];
  readonly #listenHost: string;
  #port: number;
  #origins = new Set<string>();
  #hosts = new Set<string>();
  #names: string[] = [];

  /** `given` are origins as `parsePublicUrl` returns them. */
  constructor(options: { given: readonly string[]; host: string; port: number }) {
    this.#given = options.given;
    this.#listenHost = canonical(options.host);
    this.#port = options.port;
    this.refresh();
  }

  /** The URL to tell people. */
  get primary(): string {
    const [first = ''] = this.#origins;
    return first;
  }

  /**
   * The URL that another device should call: the one that the asking person came by, unless that only works on this very
   * machine; then an address of it, because names need a name server that knows them.
   */
  forDevices(askedHost: string | undefined): string {
    const asked = `https://${askedHost}`;
    if (this.hasHost(askedHost) && !isLoopback(asked)) return new URL(asked).origin;
    if (LOOPBACK.has(this.#listenHost)) return this.primary;
    const reachable = [...this.#origins].filter((origin) => !isLoopback(origin));
    const address = reachable.find((origin) => isIPv4(new URL(origin).hostname));
    return (this.#given.length > 0 ? undefined : address) ?? reachable[0] ?? this.primary;
  }

  /** Names and addresses that a certificate must cover; IPv6 addresses without brackets. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** True when a `Host` header names this hub. */
  hasHost(host: string | undefined): boolean {
    return host !== undefined && this.#hosts.has(host.toLowerCase().replace(/:443$/, ''));
  }

  /** True for an `Origin` header that is exactly one of the hub's. */
  hasOrigin(origin: string | undefined): boolean {
    return origin !== undefined && this.#origins.has(origin);
  }

  /** The port became known, when any free one was asked for. */
  usePort(port: number): void {
    this.#port = port;
    this.refresh();
  }

  /** Looks again at the machine's addresses, which change when it moves to another network. */
  refresh(): void {
    const machine = [...this.#ownNames(), ...machineNames()];
    const origins = this.#given.length > 0 ? this.#given : machine.map((name) => this.#originOf(name));
    this.#origins = new Set(origins);
    this.#hosts = new Set(origins.map((origin) => new URL(origin).host));
    const given = this.#given.map((origin) => canonical(new URL(origin).hostname));
    this.#names = [...new Set([...given, ...machine])];
  }

  /** The one to tell people comes first. */
  #ownNames(): string[] {
    const loopback = [...LOOPBACK];
    const only = WILDCARDS.has(this.#listenHost) || LOOPBACK.has(this.#listenHost) ? [] : [this.#listenHost];
    return [...only, ...loopback];
  }

  #originOf(name: string): string {
    return new URL(`https://${name.includes(':') ? `[${name}]` : name}:${this.#port}`).origin;
  }
}

function isLoopback(origin: string): boolean {
  return LOOPBACK.has(canonical(new URL(origin).hostname));
}

/** One spelling per address: without brackets, shortest form, lower case. */
function canonical(host: string): string {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (!plain.includes(':')) return plain;
  return URL.parse(`https://[${plain}]`)?.hostname.slice(1, -1) ?? plain;
}
