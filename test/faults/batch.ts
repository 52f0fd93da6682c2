import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { LoggedRequest, Simulator, SimulatorOptions } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { CONTACTED, parameters, startAnew, usersOf } from '../engine/desk';
import { retryRun, runContactUser, type NodeRun, type NodeSetup } from '../engine/harness';

/** `count` users with names that tell their place: user-0, user-1 ... */
export const numberedUsers = (count: number): Array<{ userId: string }> =>
	Array.from({ length: count }, (_, index) => ({ userId: `user-${index}` }));

/** A production run of items against a simulator, with everything else as a builder finds it. */
export function setupOf(
	simulator: Simulator,
	items: IDataObject[],
	options: INodeParameters = {},
	node: NodeSetup['node'] = { onError: 'continueRegularOutput' },
): NodeSetup {
	return {
		items,
		parameters: { ...parameters(), options },
		node,
		credential: simulator.credential,
	};
}

/**
 * All tries of an execution: Retry is pressed while it fails, at most so often.
 * @param onFailed told of a try before the next one
 */
export async function runWithRetries(
	setup: NodeSetup,
	mostRetries: number,
	onFailed: (run: NodeRun) => Promise<unknown>,
): Promise<[NodeRun, ...NodeRun[]]> {
	let run = await runContactUser(setup);
	const tries: [NodeRun, ...NodeRun[]] = [run];
	while (run.error !== undefined && tries.length <= mostRetries) {
		await onFailed(run);
		run = await retryRun(run.run, setup);
		tries.push(run);
	}
	return tries;
}

/** Runs `use` on a simulator of its own, so that tests of one file can run beside each other. */
export async function withSimulator<T>(
	options: SimulatorOptions,
	use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
	const simulator = await startSimulator(options);
	startAnew(simulator);
	try {
		return await use(simulator);
	} finally {
		await simulator.close();
	}
}

export const contactsIn = ({ requests }: Simulator): LoggedRequest[] =>
	requests.filter(({ command }) => command === 'contact_user');

/** The user of every contact that happened, sorted: a user who stands there twice was contacted twice. */
export const contactedUsers = ({ ledger }: Simulator): string[] =>
	ledger.map(({ userId }) => userId).sort();

export const sortedUsers = (items: Array<{ userId: string }>): string[] =>
	items.map(({ userId }) => userId).sort();

/** The users that the run reports as contacted, sorted. */
export const reportedContacted = ({ outputs }: NodeRun): unknown[] =>
	usersOf(outputs[CONTACTED]).sort();

/** The first silence of at least `ms` after a request, and how many requests arrived before it. */
export function silenceAfter(
	requests: LoggedRequest[],
	from: LoggedRequest,
	ms: number,
): { ms: number; requestsBefore: number } | undefined {
	const first = requests.indexOf(from);
	for (let i = first; i + 1 < requests.length; i++) {
		const gap = requests[i + 1].at - requests[i].at;
		if (gap >= ms) return { ms: gap, requestsBefore: i - first };
	}
	return undefined;
}
