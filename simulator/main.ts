import { parseArgs } from 'node:util';
import { renderRequest, renderWelcome } from './console';
import { startSimulator } from './server';

const USAGE = `npm run simulator -- [--port 7171] [--latency 0] [--rate 200]
  --port     port on 127.0.0.1 to listen on
  --latency  milliseconds added to every answer
  --rate     requests per second the app may send; beyond it Desk answers 60007`;

const DEFAULT_PORT = '7171';

const wholeNumber = (name: string, text: string | undefined, max: number): number | undefined => {
	if (text === undefined) return undefined;
	if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
	throw new Error(`--${name} must be a whole number from 0 to ${max}`);
};

const readOptions = (args: string[]) => {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: DEFAULT_PORT },
			latency: { type: 'string' },
			rate: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	return {
		help: values.help === true,
		port: wholeNumber('port', values.port, 65_535),
		latencyMs: wholeNumber('latency', values.latency, 600_000),
		requestsPerSecond: wholeNumber('rate', values.rate, 1_000_000),
	};
};

const run = async (): Promise<void> => {
	const { help, ...options } = readOptions(process.argv.slice(2));
	if (help) {
		console.log(USAGE);
		return;
	}
	const simulator = await startSimulator({
		...options,
		onRequest: (request) => console.log(renderRequest(request)),
	});
	console.log(renderWelcome(simulator));
	const stop = (): void => {
		void simulator.close().then(() => console.log('\nStopped.'));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
};

run().catch((error: NodeJS.ErrnoException) => {
	const inUse = error.code === 'EADDRINUSE';
	console.error(inUse ? 'That port is taken; choose another with --port.' : error.message);
	if (!inUse) console.error(USAGE);
	process.exitCode = 1;
});
