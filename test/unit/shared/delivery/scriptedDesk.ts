jest.mock('../../../../nodes/shared/desk/callDesk', () => ({
	...jest.requireActual<object>('../../../../nodes/shared/desk/callDesk'),
	callDesk: jest.fn(),
}));

import type { IExecuteFunctions } from 'n8n-workflow';

import { contactCommand, sessionQuestion } from '../../../../nodes/ContactUser/contact';
import { resultOf, type ContactResult } from '../../../../nodes/ContactUser/report';
import {
	NOT_TRIED,
	type Change,
	type Ended,
	type Failed,
	type WhenUnclear,
} from '../../../../nodes/shared/delivery/command';
import { deliver, read } from '../../../../nodes/shared/delivery/deliver';
import type { RetryMemory } from '../../../../nodes/shared/delivery/retryMemory';
import { forEachItem, openRun, type Item, type Run } from '../../../../nodes/shared/delivery/run';
import { callDesk } from '../../../../nodes/shared/desk/callDesk';
import { describeCode } from '../../../../nodes/shared/desk/codes';
import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import { liveBy } from '../../nodeClock';
import { createVirtualClock, type VirtualClock } from '../../virtualClock';

/** When the last run began: the process goes on, and each run comes an hour after the one before. */
let start = 1_700_000_000_000;
const AN_HOUR_MS = 3_600_000;

/** What Desk answers, in order, and after how many ms (20 when not said). A call beyond the script is a defect. */
type Script = Array<DeskReply | [reply: DeskReply, tookMs: number]>;

export interface Sent {
	/** `contact`, `session` (a look), or `end` (a made-up change). */
	command: string;
	/** ms since the run began */
	startedAt: number;
	endedAt: number;
	reply: DeskReply;
}

/** One item. */
export interface Scenario {
	contacts: Script;
	looks?: Script;
	/** The one agent that is asked for. */
	agent?: string;
	/** Another change than a contact, or `read` for a question that changes nothing. */
	instead?: WhenUnclear | 'read';
	more?: Partial<Change>;
	/** An unclear try of an earlier run of this execution. */
	earlier?: { agoMs: number; agent?: string | null; ended?: Ended };
}

interface Stage {
	clock: VirtualClock;
	run: Run;
	cancel: () => void;
}

export interface Settings {
	maxRetries?: number;
	concurrency?: number;
	requestsPerSecond?: number;
	/** Its SDKAppID; one of its own when not said. */
	app?: number;
	/** For the jitter of the waits. */
	random?: number;
	memory?: RetryMemory;
	/** May halt or cancel the run. */
	begin?: (stage: Stage) => void;
	onEnded?: Run['onEnded'];
	/** What else an item does, before and after its change. */
	before?: (index: number, clock: VirtualClock) => Promise<void>;
	after?: (index: number) => void;
}

const COMMANDS: Record<string, string> = {
	contact_user: 'contact',
	get_session_state: 'session',
	end_session: 'end',
};
const what = 'the user was contacted';

/** What an earlier run of the execution has left of a contact that stayed unclear. */
export const EARLIER: Failed = {
	kind: 'failed',
	attempts: 2,
	mayBeDone: true,
	finding: {
		...{ class: 'unclear', message: `It is not known whether ${what}.`, advice: 'Check.' },
		...{ errorCode: null, errorInfo: '', retryLater: false },
	},
};

let sdkAppId = 1_200_000_000;

/*
 * Plays n8n and Desk to the one engine, on a virtual clock. What it does in another way than they, with the tests against
 * the real ones:
 *  - there is no node and no n8n: `work` of an item is one command, the context a name, a cancel signal and a logger.
 *    Whole nodes are in test/unit/contactUser/executions, n8n's engine in test/engine;
 *  - `callDesk` is replaced: a reply comes as it is scripted, with no connection that could break. HTTP is in
 *    test/engine/shared and test/faults;
 *  - Desk has no state: what a look shows is what the script says, and nothing goes on when the caller has given up;
 *  - a retry is a memory that says so (retryMemory.test.ts), and the runs come an hour apart, so that no note of one
 *    reaches the next.
 */

/** The items of one run, whose users differ, while Desk answers each by its script; and what the node logged as defects. */
export async function playRun(scenarios: Scenario[], settings: Settings = {}) {
	start += AN_HOUR_MS;
	const clock = createVirtualClock(start);
	liveBy(clock);
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now());
	jest.spyOn(Math, 'random').mockReturnValue(settings.random ?? 0.5);
	const cancelling = new AbortController();
	const defects: string[] = [];
	const context = {
		getNode: () => ({ name: 'Desk' }),
		getExecutionCancelSignal: () => cancelling.signal,
		logger: { error: (text: string) => defects.push(text) },
	} as unknown as IExecuteFunctions;
	const account = {
		origin: 'https://desk.example',
		sdkAppId: settings.app ?? sdkAppId++,
		adminUserId: 'a',
	};
	const credential = { account: { ...account, secretKey: 'k' }, data: {} };

	const sent: Sent[][] = scenarios.map(() => []);
	const lines = scenarios.map(({ contacts, looks = [] }) => ({
		own: [...contacts],
		looks: [...looks],
	}));
	jest.mocked(callDesk).mockImplementation(async (_context, { command, body }) => {
		const index = Number(body.ClientUserId);
		const isLook = command === 'get_session_state' && scenarios[index].instead !== 'read';
		const next = lines[index][isLook ? 'looks' : 'own'].shift();
		if (next === undefined) throw new Error('One request more than the script has');
		const [reply, tookMs] = Array.isArray(next) ? next : [next, 20];
		const startedAt = clock.now() - start;
		sent[index].push({ command: COMMANDS[command], startedAt, endedAt: startedAt + tookMs, reply });
		await clock.sleep(tookMs);
		return reply;
	});

	const memory: RetryMemory | undefined = settings.memory ?? {
		isEmpty: scenarios.every(({ earlier }) => earlier === undefined),
		recall: ([, userId]) => {
			const { earlier } = scenarios[Number(userId)];
			if (earlier === undefined) return undefined;
			const agoMs = earlier.agoMs + clock.now() - start;
			const { body, identity } = contactOf(Number(userId));
			const lookAt = { identity: JSON.stringify(identity), body, asked: { agent: earlier.agent } };
			const ended = earlier.ended ?? { ...EARLIER, ...('agent' in earlier && { lookAt }) };
			return { ended: ended as Failed, endedAgoMs: agoMs, sentAgoMs: agoMs };
		},
		...{ note: () => {}, keep: () => {}, forget: () => {} },
	};
	const { maxRetries = 3, concurrency = 50, requestsPerSecond = 10_000, onEnded } = settings;
	const own = { maxRetries, concurrency, requestsPerSecond, timeoutMs: 10_000 };
	const run = openRun(context, own, { memory, onEnded });
	settings.begin?.({ clock, run, cancel: () => cancelling.abort() });
	const records = scenarios.map(() => ({ ended: NOT_TRIED as Ended }));
	const work = async (item: Item) => {
		const { instead, agent, more } = scenarios[item.index];
		await settings.before?.(item.index, clock);
		const line = { item, credential };
		if (instead === 'read') return await read(line, sessionQuestion(requestOf(item.index)));
		const change = instead ? madeUp(item.index, instead) : contactOf(item.index, agent);
		const ended = await deliver(line, { ...change, ...more });
		settings.after?.(item.index);
		return ended;
	};
	await clock.run(forEachItem(run, records, work));
	const outcomes = records.map(({ ended }, i) => ({
		ended,
		/** As Contact User reports it. */
		result: resultOf(ended),
		sent: sent[i],
		/** Such as "contact 0, session 20": what was sent, and when (ms since the run began). */
		commands: sent[i].map((one) => `${one.command} ${Math.round(one.startedAt)}`).join(', '),
		endedAt: clock.now() - start,
		defects,
	}));
	return outcomes as [Outcome, ...Outcome[]];
}

export interface Outcome {
	ended: Ended;
	result: ContactResult;
	sent: Sent[];
	commands: string;
	endedAt: number;
	defects: string[];
}

/** The same for one item; it meets nothing unexpected. */
export async function play(scenario: Scenario, settings?: Settings): Promise<Outcome> {
	const [outcome] = await playRun([scenario], settings);
	expect(outcome.defects).toEqual([]);
	return outcome;
}

const requestOf = (index: number, agent: string | null = null) => ({
	...{ userId: `${index}`, customerServiceAccount: 'account', agentGroup: null, agent },
});

const contactOf = (index: number, agent?: string) =>
	contactCommand(requestOf(index, agent), 'both');

function madeUp(index: number, whenUnclear: WhenUnclear): Change {
	return {
		...{ command: 'end_session', body: { ClientUserId: `${index}` }, codes: describeCode },
		...{ key: ['session', `${index}`], identity: ['end', `${index}`], what: 'the session ended' },
		whenUnclear,
	};
}
