import { Fleet } from './fleet.ts';

/** A fleet as a program: `main.ts URL COUNT`, with the enrolment token in its environment. Says when all are connected. */
const [url = '', count = ''] = process.argv.slice(2);
const fleet = await Fleet.connect(url, process.env.PORTHOLE_TOKEN ?? '', Number(count));
process.stdout.write(`The fleet is ready: ${fleet.online}\n`);
process.on('SIGTERM', () => process.exit(0));
