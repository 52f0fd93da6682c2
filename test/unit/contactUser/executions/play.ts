import type { IContextObject } from 'n8n-workflow';

import { HEALTHY, type Fate, type Parties, type Sent } from './desk';
import type { ExecutionSetup, Row } from './execution';
import { ACCOUNTS, ADMINS, GROUPS, USERS, type Plan, type PlannedExecution } from './plans';
import { runsAgain } from './runsAgain';
import { onStage, setSystemClock, type Ending, type Stage } from './stage';

/** One execution with all its tries, and how it ended. */
export interface Played {
	executionId: string;
	planned: PlannedExecution;
	rows: Row[];
	/** When each of its tries began and ended, and how. */
	tries: Array<{ from: number; until: number; ending: Ending }>;
	/** Of the last one. */
	ending: Ending;
	isCancelled: boolean;
	/** What it left for a retry. */
	store: IContextObject;
	defects: string[];
}

export interface Performance {
	played: Played[];
	log: Sent[];
}

/** Users stay in doubt for a minute, so that every performance has applications of its own. */
let lastSdkAppId = 1_400_000_000;

/** Plays all executions of a plan in one process, as they overlap in time. */
export async function perform({ executions, desk: planned }: Plan): Promise<Performance> {
	const apps = [++lastSdkAppId, ++lastSdkAppId];
	const fates = planned.fates.map((list) => [...list]);
	const sessionFates = planned.sessionFates.map((list) => [...list]);
	const userOf = ({ userId }: Parties) => USERS.findIndex((name) => name.trim() === userId);
	const isTalking = ({ account }: Parties) => planned.talks && account === ACCOUNTS[2];
	const next = (lists: Fate[][], parties: Parties) =>
		(isTalking(parties) ? undefined : lists[userOf(parties)].shift()) ?? HEALTHY;
	let startedAt = 0;
	const [from, until] = planned.refusesSecondAdmin;

	return await onStage(
		{
			fateOf: (parties) => next(fates, parties),
			sessionFateOf: (parties) => next(sessionFates, parties),
			closesAfterMs: (parties) => planned.closesAfterMs[userOf(parties)],
			isAdmin: (admin, time) =>
				admin === ADMINS[0] || time < startedAt + from || time >= startedAt + until,
			isTalking,
		},
		async (stage) => {
			const { clock, log } = stage;
			startedAt = clock.now();
			const isSet = ({ atMs }: { atMs: number }) => startedAt + atMs <= clock.now();
			setSystemClock(clock, () =>
				planned.clockSteps.filter(isSet).reduce((sum, { byMs }) => sum + byMs, 0),
			);
			const played = await Promise.all(
				executions.map(
					async (execution, i) => await playExecution(execution, String(i), apps, stage),
				),
			);
			// All that Desk still works on happens.
			await clock.sleep(10_000);
			return { played, log };
		},
		planned.timersFireEarlyMs,
	);
}

async function playExecution(
	planned: PlannedExecution,
	executionId: string,
	apps: number[],
	{ clock, run }: Stage,
): Promise<Played> {
	const rows = planned.rows.map(({ user, account, group, admin, app }): Row => ({
		userId: USERS[user],
		account: ACCOUNTS[account],
		group: GROUPS[group],
		admin: ADMINS[admin],
		sdkAppId: apps[app],
	}));
	const { mode, concurrency, maxRetries, timeout, includeSession, singleOutput } = planned;
	const controller = new AbortController();
	const defects: string[] = [];
	const setup: ExecutionSetup = {
		executionId,
		rows,
		mode,
		options: {
			...{ concurrency, maxRetries, timeout, includeSession, singleOutput },
			requestsPerSecond: 0,
		},
		retryOnFail: planned.tries > 1,
		store: {},
		cancelSignal: controller.signal,
		onDefect: (text) => defects.push(text),
	};
	await clock.sleep(planned.startsAtMs);
	if (planned.cancelledAfterMs !== undefined) {
		clock.at(clock.now() + planned.cancelledAfterMs, () => controller.abort());
	}

	const tries: Played['tries'] = [];
	let ending: Played['ending'] = { outputs: [] };
	const attempt = async () => {
		const from = clock.now();
		ending = await run(setup);
		tries.push({ from, until: clock.now(), ending });
	};
	const attemptWithRetryOnFail = async () => {
		await attempt();
		for (let left = planned.tries - 1; left > 0 && runsAgain(ending); left--) {
			await clock.sleep(planned.waitBetweenTriesMs);
			await attempt();
		}
	};

	await attemptWithRetryOnFail();
	for (const afterMs of planned.retriesAfterMs) {
		if ('outputs' in ending) break;
		await clock.sleep(afterMs);
		setup.store = JSON.parse(JSON.stringify(setup.store)) as IContextObject;
		if (planned.reversesRowsAtRetry) setup.rows = [...setup.rows].reverse();
		await attemptWithRetryOnFail();
	}
	return {
		...{ executionId, planned, rows: setup.rows, tries, ending, defects },
		isCancelled: controller.signal.aborted,
		store: setup.store ?? {},
	};
}
