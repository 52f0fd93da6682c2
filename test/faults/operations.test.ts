import './quiet';

import type { IDataObject, INodeParameters, IPairedItemData } from 'n8n-workflow';

import { DEFAULT_SETTINGS } from '../../nodes/shared/delivery/run';
import { isRecord } from '../../nodes/shared/desk/values';
import type { Simulator, Step } from '../../simulator/contract';
import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { byId, ON_ERROR_MODES, type OnError } from '../engine/desk';
import {
	retryTencentDesk,
	runTencentDesk,
	type DeskRun,
	type DeskSetup,
} from '../engine/tencentDesk/harness';
import { withSimulator } from './batch';
import { RUNS_ALL } from './howMuch';
import { runPooled } from './pool';
import { watchForStalls } from './stalls';

/*
 * Each operation of Tencent Desk that changes something, under each fault. Unlike a contact, a change may be asked for
 * by several executions, and each asks for its own. What is the same for all of them, such as the pace, is tested
 * by contacts.
 */

interface Operation {
	name: string;
	command: string;
	fields: INodeParameters;
	/** Makes ready what an item is about, and names it. */
	prepare(simulator: Simulator, user: string): string;
	/** A second one changes nothing. */
	isIdempotent?: true;
	/** What an unclear answer leads to: it is done all the same, unless no look tells, or none ever does. */
	ifUnclear: 'repeated' | 'lookedUp' | 'unclearIfDone';
	/** Of its own table: surely not done. */
	refusal: number;
}

const ID = '={{ $json.id }}';
const ofSession = { target: 'session', sessionId: ID };
const toUser = { target: 'user', customerServiceAccount: byId(DEFAULT_ACCOUNT), userId: ID };
const url = 'https://example.com/order.png';

function withChatbot({ move }: Simulator, user: string): string {
	const begun = move(user, { move: 'begin' });
	return begun.done ? begun.sessionId : begun.reason;
}
function withAnna(simulator: Simulator, user: string): string {
	const id = withChatbot(simulator, user);
	simulator.move(user, { move: 'answer', agent: 'anna@example.com' });
	return id;
}
function queueing(simulator: Simulator, user: string): string {
	const id = withChatbot(simulator, user);
	simulator.move(user, { move: 'queue', agentGroup: 1004 });
	return id;
}

const session = { fields: { sessionId: ID }, prepare: withChatbot };
const reassign = { command: 'transfer_session', prepare: withAnna, refusal: 141025 };
const transfer = { ...session, command: 'transfer_to_human', refusal: 141001 };
const send = { command: 'send_msg', ifUnclear: 'repeated', refusal: 141005 } as const;

const OPERATIONS: Operation[] = [
	{ ...transfer, name: 'session.transfer', ifUnclear: 'lookedUp' },
	{
		...{ ...transfer, name: 'session.transfer', ifUnclear: 'lookedUp' },
		// Where all are busy, so the user waits, and a second request would be taken too.
		fields: { sessionId: ID, agentGroup: byId(1004), options: { priority: 1, queueTimeout: 60 } },
	},
	{
		...{ ...reassign, name: 'session.reassign', ifUnclear: 'lookedUp' },
		fields: { sessionId: ID, agent: byId('ben@example.com') },
	},
	{
		// Of a group, no look tells; a second request would hand the session on once more.
		...{ ...reassign, name: 'session.reassign', ifUnclear: 'unclearIfDone' },
		fields: { sessionId: ID, agentGroup: byId(1002) },
	},
	{
		...{ ...session, name: 'session.leaveQueue', command: 'end_queuing', prepare: queueing },
		...{ ifUnclear: 'lookedUp', isIdempotent: true, refusal: 141027 },
	},
	{
		...{ name: 'session.setMark', command: 'mark_session', prepare: withChatbot },
		fields: { sessionId: ID, updateFields: { mark: 'order 4711', starred: true } },
		...{ ifUnclear: 'repeated', isIdempotent: true, refusal: 141005 },
	},
	{
		...{ ...session, name: 'session.end', command: 'end_session', prepare: withAnna },
		...{ ifUnclear: 'repeated', isIdempotent: true, refusal: 141010 },
	},
	{
		...{ name: 'agent.setStatus', command: 'set_member_status' },
		fields: { agent: byId(ID), status: 'rest' },
		prepare: (_simulator, user) => `${user}@example.com`,
		...{ ifUnclear: 'repeated', isIdempotent: true, refusal: 141010 },
	},
	...[
		{ ...ofSession, text: 'Hello' },
		{ ...ofSession, messageType: 'card', cardHeader: 'Hello', cardLink: url },
		{ ...toUser, messageType: 'image', imageUrl: url, imageWidth: 1, imageHeight: 1 },
		{ ...toUser, messageType: 'file', fileUrl: url },
	].map((fields): Operation => ({
		...{ ...send, name: 'message.send', fields },
		prepare: fields.target === 'user' ? (_simulator, user) => user : withChatbot,
	})),
];

/** They are agents too, whose status can be set. */
const USERS = ['anna', 'ben', 'chen'];

interface Fault {
	fault: string;
	/** `refused` stands for the code of the operation. */
	step: Step | 'refused';
	says: 'nothing' | 'notDone' | 'refused';
}

const FAULTS: Fault[] = [
	...(
		['hang', 'reset', 'halfBody', 'http500', 'http502', 'html', 'contradiction'] as const
	).flatMap((fault) =>
		[false, true].map((commit): Fault => ({
			fault: `${fault}, ${commit ? '' : 'not '}done`,
			...{ step: { fault, commit }, says: 'nothing' },
		})),
	),
	{ fault: 'code 91000, not done', step: { answer: 91000 }, says: 'nothing' },
	{ fault: '429', step: { fault: 'http429' }, says: 'notDone' },
	{ fault: 'code 141002', step: { answer: 141002 }, says: 'notDone' },
	{ fault: 'a code of its own', step: 'refused', says: 'refused' },
];

/** Who meets the fault: the first request; the first one, while nobody can look; or every request. */
const LOTS = ['once', 'blind', 'always'] as const;

interface Cell extends Fault {
	operation: Operation;
	lot: (typeof LOTS)[number];
	onError: OnError;
	/** Of Retry On Fail; 1 where that is off. */
	maxTries: number;
	/** Otherwise another execution asks for the same at once. */
	isAlone: boolean;
}

const WAYS = ON_ERROR_MODES.flatMap((onError) =>
	[1, 3].flatMap((maxTries) => [true, false].map((isAlone) => ({ onError, maxTries, isAlone }))),
);
const WAYS_OF_LOTS = LOTS.flatMap((lot) => WAYS.map((way) => ({ lot, ...way })));

/** They would go on for minutes. */
const isEndless = ({ lot, fault, maxTries }: Cell) =>
	lot === 'always' && (maxTries > 1 || /^(hang|429)/.test(fault));

/** One of each operation and fault, or every fourth: another way and lot from one to the next. */
const CELLS = OPERATIONS.flatMap((operation, i) =>
	FAULTS.flatMap((fault, j) => {
		const ways = WAYS_OF_LOTS.map((way): Cell => ({ operation, ...fault, ...way }));
		const cells = ways.filter((cell) => !isEndless(cell));
		// Every other fault is done; both kinds are to meet every way.
		const first = i * 11 + j * 7 + (j >> 1) * 3;
		return RUNS_ALL
			? cells.filter((_cell, k) => (k + first) % 4 === 0)
			: [cells[first % cells.length]];
	}),
);

type Said = 'done' | 'unclear' | 'notDone';

/** What a run says of each of its items. A stopped run counts them in its error, and names whom it may have reached. */
function saidBy({ error, items, errors }: DeskRun, ids: string[]): Said[] {
	if (error !== undefined) {
		const account = ['Done', 'Unclear, perhaps done', 'Not done', 'Not tried'].map((what) =>
			new RegExp(`(?:^| )${what}: (\\d+) \\w+(?: \\(([^)]+)\\))?\\.`).exec(error.description ?? ''),
		);
		const counted = account.reduce((sum, told) => sum + Number(told?.[1] ?? 0), 0);
		if (counted !== ids.length) throw new Error(`Not all are counted: ${error.description}`);
		const [done, unclear] = account.map((told) => told?.[2]?.split(', ') ?? []);
		return ids.map((id) =>
			done.includes(id) ? 'done' : unclear.includes(id) ? 'unclear' : 'notDone',
		);
	}
	const said: Said[] = [];
	for (const { json, pairedItem } of [...items, ...errors]) {
		const item = (pairedItem as IPairedItemData).item;
		const { mayBeDone } = (isRecord(json.error) ? json.error : json) as IDataObject;
		said[item] = json.error === undefined ? 'done' : mayBeDone ? 'unclear' : 'notDone';
	}
	const left = items.length + errors.length;
	if (left !== ids.length || Object.keys(said).length !== ids.length) {
		throw new Error(`${left} items left, of ${ids.length}: ${said.join()}`);
	}
	return said;
}

/** Whether what was said of one item, by all who asked for it, is true. */
function isTrue({ isIdempotent }: Operation, timesDone: number, said: Said[]): boolean {
	const done = said.filter((one) => one === 'done').length;
	const atMost = done + said.filter((one) => one === 'unclear').length;
	if (!isIdempotent) return done <= timesDone && timesDone <= atMost;
	return timesDone > 0 ? atMost > 0 : done === 0;
}

/** What may stay of the fault when all that can be done about it has been. */
function mayStay({ operation: { ifUnclear }, lot, says, fault }: Cell): Said[] {
	if (lot === 'always') return ['unclear', 'notDone'];
	if (says === 'refused') return ['notDone'];
	const isBlind = lot === 'blind' && ifUnclear !== 'repeated';
	const isUnseen = ifUnclear === 'unclearIfDone' && !fault.includes('not done');
	return says === 'nothing' && (isBlind || isUnseen) ? ['unclear'] : [];
}

const stalls = watchForStalls();
/** Half a time-out. */
const LONGEST_STALL_MS = DEFAULT_SETTINGS.timeoutMs / 2;
const UNREADABLE = Array<Step>(99).fill({ fault: 'html' });

/** Runs one cell, presses Retry if it stops, and holds all that is said against what was done. */
async function runCell(cell: Cell): Promise<void> {
	const { operation, step, lot, onError, maxTries, isAlone } = cell;
	const startedAt = performance.now();
	await withSimulator({}, async (simulator) => {
		const { changes, credential, messages } = simulator;
		const ids = USERS.map((user) => operation.prepare(simulator, user));
		const planned = step === 'refused' ? { answer: operation.refusal } : step;
		const times = lot === 'always' ? 99 : 1;
		simulator.planCommand(operation.command, ...Array<Step>(times).fill(planned));
		if (lot === 'blind') simulator.planCommand('get_session_state', ...UNREADABLE);
		const [resource, name] = operation.name.split('.');
		const setup: DeskSetup = {
			items: ids.map((id) => ({ id })),
			parameters: { resource, operation: name, ...operation.fields },
			node: { onError, retryOnFail: maxTries > 1, maxTries, waitBetweenTries: 1 },
			credential,
		};
		const judge = (said: Said[][]) =>
			ids.forEach((id, item) => {
				const timesDone =
					operation.command === 'send_msg'
						? messages.filter(({ userId }) => userId === USERS[item]).length
						: changes.filter(({ of }) => of === id).length;
				const ofItem = said.map((ofRun) => ofRun[item]);
				if (isTrue(operation, timesDone, ofItem)) return;
				throw new Error(`${id} was done ${timesDone} times, and is said to be ${ofItem.join()}`);
			});
		const runs: DeskRun[] = [];
		const runWithRetry = async (): Promise<DeskRun> => {
			const first = await runTencentDesk(setup);
			runs.push(first);
			if (first.error === undefined) return first;
			// What another execution did at once, this one cannot know.
			if (isAlone) judge([saidBy(first, ids)]);
			return await retryTencentDesk(first.run, { ...setup, executionId: 'retry' });
		};
		const other = { ...setup, executionId: 'other', node: { onError: ON_ERROR_MODES[1] } };
		const last = await Promise.all([runWithRetry(), ...(isAlone ? [] : [runTencentDesk(other)])]);
		const said = last.map((one) => saidBy(one, ids));
		judge(said);

		const left = said[0].filter((one) => one !== 'done' && !mayStay(cell).includes(one));
		const isStrained = stalls.longestSince(startedAt) > LONGEST_STALL_MS;
		if (isAlone && !isStrained && left.length > 0)
			throw new Error(`Less than could be: ${said[0].join()}`);
		const all = [...runs, ...last];
		const stored = JSON.stringify(all.map(({ run, thrown }) => [run, thrown]));
		const secrets = [credential.secretKey, ...all.flatMap(({ userSigs }) => userSigs)];
		const isStored = (secret: string) => stored.replaceAll('%2A', '*').includes(secret);
		if (secrets.some(isStored)) throw new Error('A secret is stored');
	});
}

const CELLS_AT_ONCE = 48;
const LONGEST_MS = 300_000;
const results = runPooled(
	CELLS.map((cell) => async () => await runCell(cell)),
	CELLS_AT_ONCE,
);
// A test looks at each of them; until then nobody does.
results.forEach((result) => result.catch(() => {}));
afterAll(() => stalls.stop());

test.each(CELLS.map((cell, number) => ({ ...cell, name: cell.operation.name, number })))(
	'$name, $fault ($lot), On Error = $onError, $maxTries tries, alone $isAlone: every item is told once and truly, and nothing is done twice',
	async ({ number }) => {
		await results[number];
	},
	LONGEST_MS,
);
