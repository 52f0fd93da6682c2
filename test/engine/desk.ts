import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../../simulator/contract';
import { startSimulator } from '../../simulator/server';
import { DEFAULT_ACCOUNT } from '../../simulator/world';

export const ON_ERROR_MODES = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
] as const;
export type OnError = (typeof ON_ERROR_MODES)[number];

/** Positions of the outputs; `ERROR` is the one n8n adds for Continue (using error output). */
export const CONTACTED = 0;
export const AGENT_UNAVAILABLE = 1;
export const CONFIGURATION_ERROR = 2;
export const OTHER_OUTCOME = 3;
export const ERROR = 4;

let lastSdkAppId = 1_500_000_000;

/** Of an application that no test has had: the node knows users by it, whatever the server. */
export const newSdkAppId = (): number => ++lastSdkAppId;

/** Makes the Desk as new, applications included, since the node remembers for a minute which of their users are in doubt. */
export function startAnew(simulator: Simulator): void {
	simulator.reset();
	const { apps } = simulator.world;
	for (const app of apps) app.sdkAppId = newSdkAppId();
	simulator.credential.sdkAppId = String(apps[0].sdkAppId);
}

/** One simulated Desk for all tests of a file, as new before each of them. */
export function useSimulator(): () => Simulator {
	let simulator: Simulator | undefined;
	const current = (): Simulator => {
		if (!simulator) throw new Error('The simulator runs during tests only');
		return simulator;
	};
	beforeAll(async () => {
		simulator = await startSimulator();
	});
	beforeEach(() => startAnew(current()));
	afterAll(async () => await simulator?.close());
	return current;
}

/**
 * Runs something for every case before the tests of a block, all at the same time, since a doubtful contact
 * waits seconds for its session. Every case needs users of its own.
 * @returns what came out for a case
 */
export function runBefore<Case, Result>(
	cases: readonly Case[],
	run: (testCase: Case) => Promise<Result>,
): (testCase: Case) => Result {
	const results = new Map<Case, Result>();
	beforeAll(async () => {
		await Promise.all(cases.map(async (testCase) => results.set(testCase, await run(testCase))));
	});
	return (testCase) => results.get(testCase) as Result;
}

/** A resource locator in its By ID mode. */
export const byId = (value: unknown): INodeParameters => ({
	__rl: true,
	mode: 'id',
	value: value as string,
});

/** The user comes from the item; no retries, so that an answer decides at once. */
export function parameters(
	overrides: INodeParameters = {},
	options: INodeParameters = {},
): INodeParameters {
	return {
		customerServiceAccount: byId(DEFAULT_ACCOUNT),
		userId: '={{ $json.userId }}',
		options: { maxRetries: 0, ...options },
		...overrides,
	};
}

export const users = (...userIds: string[]): Array<{ userId: string }> =>
	userIds.map((userId) => ({ userId }));

/** Makes every look at the session of the user come back without an answer, so that doubt stays doubt. */
export function hideSession(simulator: Simulator, ...userIds: string[]): void {
	const unreadable = Array.from({ length: 5 }, () => ({ fault: 'html' as const }));
	for (const userId of userIds) simulator.planSession(userId, ...unreadable);
}

/**
 * The report of an item: the item itself, or what stands under `error` on n8n's Error output.
 * @throws when there is none: n8n may have sent an untouched input there
 */
export function reportOf({ json }: INodeExecutionData): IDataObject {
	const report = (json.error as IDataObject | undefined) ?? json;
	if (typeof report.outcome === 'string') return report;
	throw new Error(`This item carries no report: ${JSON.stringify(json).slice(0, 200)}`);
}

export const reportsOf = (items: INodeExecutionData[]): IDataObject[] => items.map(reportOf);
export const usersOf = (items: INodeExecutionData[]): unknown[] =>
	reportsOf(items).map(({ userId }) => userId);

export const commandsSent = (simulator: Simulator, command: string): number =>
	simulator.requests.filter((request) => request.command === command).length;
