import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { BOTH_LOOPBACKS } from './listen';

export const USAGE = `npm run simulator -- [--port 7171] [--host localhost] [--latency 0] [--rate N]
  --port     port to listen on
  --host     address to listen on; 0.0.0.0 lets others in too, n8n in Docker among them
  --latency  milliseconds added to every answer
  --rate     requests per second the app may send; beyond it Desk answers 60007; none: no limit`;

const DEFAULT_PORT = '7171';

const wholeNumber = (name: string, text: string | undefined, max: number): number | undefined => {
	if (text === undefined) return undefined;
	if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
	throw new Error(`--${name} must be a whole number from 0 to ${max}`);
};

const address = (host: string): string => {
	if (host === BOTH_LOOPBACKS || isIP(host) !== 0) return host;
	throw new Error('--host must be localhost or an IP address, for example 0.0.0.0');
};

/** Reads `npm run simulator -- ...`; throws an Error in a person's words when it cannot. */
export const readOptions = (args: string[]) => {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: DEFAULT_PORT },
			host: { type: 'string', default: BOTH_LOOPBACKS },
			latency: { type: 'string' },
			rate: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	return {
		help: values.help === true,
		port: wholeNumber('port', values.port, 65_535),
		host: address(values.host),
		latencyMs: wholeNumber('latency', values.latency, 600_000),
		requestsPerSecond: wholeNumber('rate', values.rate, 1_000_000),
	};
};
