import {
	contactUser,
	type ContactSettings,
	type EarlierTry,
} from '../../../../nodes/ContactUser/contact/contact';
import { createDispatch, type Dispatch } from '../../../../nodes/shared/sending/scheduler';
import type { Ending, Finding } from '../../../../nodes/ContactUser/output/report';
import type { DeskReply } from '../../../../nodes/shared/api/reply';
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
	settings?: Partial<ContactSettings>;
	earlier?: EarlierTry;
	/** For the jitter of the waits. */
	random?: number;
	clock?: VirtualClock;
	dispatch?: Dispatch<Finding>;
}

export interface Outcome {
	ending: Ending;
	sent: SentCommand[];
}

export const withoutPace = (clock: VirtualClock): Dispatch<Finding> =>
	createDispatch<Finding>({ concurrency: 50, requestsPerSecond: 10_000 }, clock, () => false);

/** Contacts one user while Desk answers by the script. */
export async function contactWith(scenario: Scenario): Promise<Outcome> {
	const clock = scenario.clock ?? createVirtualClock(START);
	return await clock.run(startContact({ ...scenario, clock }));
}

/** Contacts several users of one application and one run. */
export async function contactTogether(scenarios: Scenario[]): Promise<Outcome[]> {
	const clock = createVirtualClock(START);
	const dispatch = withoutPace(clock);
	return await clock.run(
		Promise.all(
			scenarios.map(async (scenario) => await startContact({ ...scenario, clock, dispatch })),
		),
	);
}

async function startContact(scenario: Scenario & { clock: VirtualClock }): Promise<Outcome> {
	const { clock } = scenario;
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
	const ending = await contactUser(
		{
			calls: {
				contactUser: play('contact', scenario.contacts),
				sessionState: play('session', scenario.sessions ?? []),
			},
			dispatch: scenario.dispatch ?? withoutPace(clock),
			group: 'app',
			settings: { maxRetries: 3, includeSession: false, ...scenario.settings },
			random: () => scenario.random ?? 0.5,
		},
		scenario.earlier,
	);
	return { ending, sent };
}

/** Such as "contact 0, session 20": what was sent, and when (ms since the start). */
export const commandsOf = (sent: SentCommand[]): string =>
	sent.map(({ command, startedAt }) => `${command} ${startedAt}`).join(', ');
