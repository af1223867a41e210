import type { ChannelHooks } from '../../portals/channelHooks.ts';

/**
 * Terminals belong to the device; the hub passes on what is said. Each opening is in the log with what was asked, except
 * for the list, which changes nothing and is open wherever somebody looks at the device.
 */
export const terminalHooks: ChannelHooks = {
  logged({ params, viewer }) {
    const operation = String(params.operation);
    return operation === 'list' ? undefined : { operation, viewer };
  },
  opening: () => undefined,
  closed: () => undefined,
};
