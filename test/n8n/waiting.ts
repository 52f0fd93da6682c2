import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const TRY_EVERY_MS = 100;

/**
 * Asks again until there is an answer. A probe that throws counts as "not yet".
 * @throws after `timeoutMs`, naming what was waited for and the last thing the probe threw
 */
export async function eventually<T>(
	what: string,
	timeoutMs: number,
	probe: () => Promise<T | undefined>,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	let cause: unknown;
	do {
		try {
			const answer = await probe();
			if (answer !== undefined) return answer;
		} catch (error) {
			cause = error;
		}
		await wait(TRY_EVERY_MS);
	} while (Date.now() < deadline);
	throw new Error(`${what}: not within ${timeoutMs / 1000} s`, { cause });
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('no TCP port was given');
	return address.port;
}
