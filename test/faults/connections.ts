import { connect } from 'node:net';

import { listen, type StartedServer } from './rawServers';

/**
 * A door before a server that counts how many requests, of every kind, wait for an answer at once. n8n opens a
 * connection for each request, so a connection without a byte of an answer is a request being served.
 */
export async function countOpenRequests(
	url: string,
): Promise<StartedServer & { mostOpen(): number }> {
	const { port, hostname } = new URL(url);
	let open = 0;
	let most = 0;
	const door = await listen((socket) => {
		let isWaiting = false;
		const answered = () => {
			if (isWaiting) open--;
			isWaiting = false;
		};
		const desk = connect({ port: Number(port), host: hostname });
		socket.once('data', () => {
			isWaiting = true;
			most = Math.max(most, ++open);
		});
		// Before the caller sees it, or the caller's next request would be counted beside this one.
		desk.once('data', answered).once('close', answered);
		desk.on('error', () => socket.destroy()).on('close', () => socket.destroy());
		socket.on('close', () => desk.destroy());
		socket.pipe(desk).pipe(socket);
	});
	return { ...door, mostOpen: () => most };
}
