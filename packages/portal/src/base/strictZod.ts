/**
 * Tells zod before its first use not to compile validators with `new Function`: the content security policy forbids it
 * and would report every probe. Import this before anything of the protocol, on the page and in every worker.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
