import { readFileSync } from 'node:fs';

import { startSimulator } from '../simulator/server';

/** A simulator in a process of its own, so that it costs the measured one no time. Says where it is, as one line of JSON. */
const { latencyMs, requestsPerSecond, keyFile, certFile } = JSON.parse(process.argv[2]) as {
	latencyMs: number;
	requestsPerSecond?: number;
	keyFile?: string;
	certFile?: string;
};
const https =
	keyFile !== undefined && certFile !== undefined
		? { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
		: undefined;

void startSimulator({ latencyMs, requestsPerSecond, https }).then(({ credential }) => {
	console.log(JSON.stringify(credential));
});
