import type { DeviceFacts, Traits } from '@porthole/protocol';
import { isMadeInterface, wakeMacs } from './wakeMacs.ts';

type Interface = DeviceFacts['interfaces'][number];

/** What boards say whose maker had nothing to say. */
const NOTHING_SAID =
  /^(?:to be filled|default string|system (?:manufacturer|product)|not (?:specified|applicable)|unknown|o\.?e\.?m\.?$|none$)/i;

/** What lists show of a device's facts. `clockAhead` is left out while it is not known. */
export function traitsOf(facts: DeviceFacts | null, clockAhead?: number | undefined): Traits {
  const ahead = clockAhead === undefined ? {} : { clockAhead };
  if (!facts) return { ...ahead, wakeable: false };
  const { kernel, bootedAt } = facts;
  const model = modelOf(facts);
  const address = addressOf(facts.interfaces);
  return {
    ...(model && { model }),
    ...(kernel && { kernel }),
    ...(address && { address }),
    ...(bootedAt !== undefined && { bootedAt }),
    ...ahead,
    wakeable: wakeMacs(facts).length > 0,
  };
}

/** Maker and model without saying the maker twice: `LENOVO`, `Lenovo ThinkPad X1` is `Lenovo ThinkPad X1`. */
function modelOf({ maker, model }: DeviceFacts): string | undefined {
  const [by, what] = [maker, model].map((text) => (text && !NOTHING_SAID.test(text.trim()) ? text.trim() : ''));
  if (!by || !what) return what || by || undefined;
  const first = by.split(/[\s,]/, 1)[0] ?? by;
  return what.toLowerCase().startsWith(first.toLowerCase()) ? what : `${by} ${what}`;
}

/** The address that a person would type: of the local network rather than of a tunnel, the short kind rather than the long one. */
function addressOf(interfaces: readonly Interface[]): string | undefined {
  const found = interfaces.flatMap((one) =>
    one.addresses.map((text) => {
      const address = text.replace(/\/\d+$/, '');
      return { address, rank: rankOf(one, address) };
    }),
  );
  const best = found.reduce<(typeof found)[number] | undefined>(
    (winner, one) => (one.rank < (winner?.rank ?? UNUSABLE) ? one : winner),
    undefined,
  );
  return best?.address;
}

const UNUSABLE = 100;

/** The lower the better. */
function rankOf({ name, mac }: Interface, address: string): number {
  const kind = address.includes(':') ? rankOfLong(address) : rankOfShort(address);
  return kind + (isMadeInterface(name) ? 10 : 0) + (mac === undefined ? 1 : 0);
}

function rankOfShort(address: string): number {
  if (/^(?:127|0)\./.test(address)) return UNUSABLE;
  if (/^169\.254\./.test(address)) return 30;
  return 0;
}

function rankOfLong(address: string): number {
  if (/^(?:::1?$|ff)/i.test(address)) return UNUSABLE;
  return /^fe[89ab]/i.test(address) ? 40 : 4;
}
