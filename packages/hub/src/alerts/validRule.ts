import { type AlertRuleBody, PortholeError } from '@porthole/protocol';

/** The rule, without what its kind has no use for. Throws `request.invalid` when it lacks something. */
export function validRule(body: AlertRuleBody): AlertRuleBody {
  const { kind, threshold, process } = body;
  switch (kind) {
    case 'offline':
      return { ...body, threshold: null, process: null };
    case 'process':
      if (process === null) throw new PortholeError('request.invalid', 'The rule has to name a program.');
      return { ...body, threshold: null };
    case 'temperature':
      if (threshold === null) throw new PortholeError('request.invalid', 'The rule has to name a temperature.');
      return { ...body, process: null };
    default:
      if (threshold === null || threshold <= 0 || threshold > 1)
        throw new PortholeError('request.invalid', 'The rule has to name a share between 0 and 1.');
      return { ...body, process: null };
  }
}
