import { readOptions, USAGE } from './commandLine';
import { renderRequest, renderWelcome } from './console';
import { startSimulator } from './server';

const KNOWN_ERRORS: Partial<Record<string, string>> = {
	EADDRINUSE: 'The port is taken; choose another with --port, or stop what uses it.',
	EADDRNOTAVAIL: 'This computer does not have that address; choose another with --host.',
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
	const inWords = KNOWN_ERRORS[error.code ?? ''];
	console.error(inWords ?? error.message);
	if (inWords === undefined) console.error(USAGE);
	process.exitCode = 1;
});
