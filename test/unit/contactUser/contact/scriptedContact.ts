import { contactUser } from '../../../../nodes/ContactUser/contact/contact';
import type { ContactSettings } from '../../../../nodes/ContactUser/contact/task';
import type { ContactResult } from '../../../../nodes/ContactUser/result';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { createRateLimiters } from '../../../../nodes/shared/sending/rateLimiter';
import {
	createScheduler,
	type Scheduler,
	type Slot,
} from '../../../../nodes/shared/sending/scheduler';
import { createVirtualClock, type VirtualClock } from '../../virtualClock';

export const START = 1_700_000_000_000;

export interface SentCommand {
	command: 'contact' | 'session';
	/** ms since START */
	startedAt: number;
	endedAt: number;
	reply: DeskReply;
}

/** What Desk answers, in order, and after how many ms (20 when not said). A call beyond the script fails the test. */
type Script = Array<DeskReply | [reply: DeskReply, tookMs: number]>;

export interface Scenario {
	contacts: Script;
	sessions?: Script;
	/** The one agent that was asked for. */
	agent?: string;
	settings?: Partial<ContactSettings>;
	earlier?: { result: ContactResult; agoMs: number; agent?: string };
	/** For the jitter of the waits. */
	random?: number;
	clock?: VirtualClock;
	scheduler?: Scheduler<ContactResult>;
}

export interface Outcome {
	result: ContactResult;
	sent: SentCommand[];
}

export const withoutPace = (
	clock: VirtualClock,
	cancelSignal?: AbortSignal,
): Scheduler<ContactResult> =>
	createScheduler<ContactResult>(
		{ concurrency: 50, requestsPerSecond: 10_000 },
		{ clock, limiterOf: createRateLimiters(clock).of, cancelSignal },
	);

/** Contacts one user while Desk answers by the script. */
export async function contactWith(scenario: Scenario): Promise<Outcome> {
	const clock = scenario.clock ?? createVirtualClock(START);
	const scheduler = scenario.scheduler ?? withoutPace(clock);
	const [outcome] = await contactAll([scenario], clock, scheduler);
	return outcome;
}

/** Contacts several users of one application and one run. */
export async function contactTogether(scenarios: Scenario[]): Promise<Outcome[]> {
	const clock = createVirtualClock(START);
	return await contactAll(scenarios, clock, withoutPace(clock));
}

async function contactAll(
	scenarios: Scenario[],
	clock: VirtualClock,
	scheduler: Scheduler<ContactResult>,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	await clock.run(
		scheduler.forEach(scenarios.length, async (i, slot) => {
			outcomes[i] = await contactOne(scenarios[i], clock, scheduler, slot);
		}),
	);
	return outcomes;
}

async function contactOne(
	scenario: Scenario,
	clock: VirtualClock,
	scheduler: Scheduler<ContactResult>,
	slot: Slot,
): Promise<Outcome> {
	const sent: SentCommand[] = [];
	const play = (command: SentCommand['command'], script: Script) => {
		const lines = [...script];
		return async (): Promise<DeskReply> => {
			const line = lines.shift();
			if (line === undefined) throw new Error(`One ${command} more than the script has`);
			const [reply, tookMs] = Array.isArray(line) ? line : [line, 20];
			const startedAt = clock.now() - START;
			sent.push({ command, startedAt, endedAt: startedAt + tookMs, reply });
			await clock.sleep(tookMs);
			return reply;
		};
	};
	const { earlier } = scenario;
	const result = await contactUser(
		{
			calls: {
				contactUser: play('contact', scenario.contacts),
				sessionState: play('session', scenario.sessions ?? []),
			},
			customerServiceAccount: 'account',
			agent: scenario.agent ?? null,
			scheduler,
			slot,
			to: { app: 'app', signer: 'app' },
			settings: { maxRetries: 3, includeSession: false, ...scenario.settings },
			random: () => scenario.random ?? 0.5,
			clocks: { processMs: clock.now, unixMs: clock.now },
		},
		earlier && [
			{
				result: earlier.result,
				customerServiceAccount: 'account',
				agent: earlier.agent,
				triedAt: clock.now() - earlier.agoMs,
				sentAt: {
					processMs: clock.now() - earlier.agoMs,
					unixMs: clock.now() - earlier.agoMs,
				},
			},
		],
	);
	return { result, sent };
}

/** Such as "contact 0, session 20": what was sent, and when (ms since the start). */
export const commandsOf = (sent: SentCommand[]): string =>
	sent.map(({ command, startedAt }) => `${command} ${startedAt}`).join(', ');
