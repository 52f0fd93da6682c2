// First, since it replaces the clock of all that is imported after it.
import './execution';

import type { IContextObject, IDataObject } from 'n8n-workflow';

import { contactCommand, describeContactCode } from '../../../../nodes/ContactUser/contact';
import { outcomeOf } from '../../../../nodes/ContactUser/report';
import { openRetryMemory } from '../../../../nodes/shared/delivery/retryMemory';
import type { Look } from '../../../../nodes/shared/delivery/command';
import { judge } from '../../../../nodes/shared/desk/judge';
import { reportOf } from '../../../engine/desk';
import type { Sent } from './desk';
import type { Row } from './execution';
import type { Performance, Played } from './play';
import type { Ending } from './stage';

const DESK_IS_DONE_AFTER_MS = 3500;
const SESSION_TELLS_UNTIL_MS = 60_000;
/** Times of the virtual clock are sums of fractions. */
const ROUNDING_MS = 1e-3;

const appOf = (sdkAppId: number) => JSON.stringify(['https://console.tim.qq.com', sdkAppId]);
const nameOf = ({ sdkAppId, userId, account }: Row | Sent) =>
	`${userId.trim()} (${account}, ${sdkAppId % 2})`;
const verdictOf = ({ reply }: Sent) => judge(reply, describeContactCode);
const isInDoubt = (sent: Sent) => verdictOf(sent).next === 'unclear';
/** What a read of the session shows of a contact through the same account. */
const shownBy = (read: Sent) => {
	const verdict = verdictOf(read);
	const { whenUnclear } = contactCommand(
		{ userId: '', customerServiceAccount: '', agentGroup: null, agent: null },
		'both',
	);
	const { look } = whenUnclear as { look: Look };
	return verdict.next === 'done' ? look.shows(verdict.answer, look.asked) : 'unknown';
};
/** Whether a reply means something for all requests of the application: a limit, or a refused signature. */
const isForAll = (sent: Sent) => {
	const verdict = verdictOf(sent);
	return verdict.next !== 'done' && ['rateLimit', 'credential'].includes(verdict.finding.class);
};

/** Three contacts that came to nothing over more than a minute open the circuit breaker: then not even a look is sent. */
const LEAST_OUTAGE = { failures: 3, ms: 60_000 };
function isOutage(ofApp: Sent[]): boolean {
	const failures = ofApp.filter((sent) => {
		const verdict = verdictOf(sent);
		return (
			sent.command === 'contact_user' &&
			verdict.next !== 'done' &&
			['notDone', 'unclear'].includes(verdict.finding.class)
		);
	});
	const from = Math.min(...failures.map(({ startedAt }) => startedAt));
	const until = Math.max(...failures.map(({ endedAt }) => endedAt));
	return failures.length >= LEAST_OUTAGE.failures && until - from >= LEAST_OUTAGE.ms;
}

/** Holds all executions of a performance together against what Desk did. */
export function violationsOf({ played, log }: Performance): string[] {
	const contacts = log.filter(({ command }) => command === 'contact_user');
	return [
		...overlapsIn(contacts),
		...openDoubtsIn(contacts, log),
		...repeatedContactsIn(contacts, log, played),
		...played.flatMap((execution) => [
			...execution.defects.map((text) => `a defect: ${text}`),
			...itemsLostBy(execution),
			...falseContactedOf(execution, contacts),
			...unexplainedOf(execution, contacts),
			...needlessDoubtsOf(execution, log),
			...untoldDoubtsOf(execution),
		]),
	];
}

function perUser(sent: Sent[]): Sent[][] {
	const users = new Map<string, Sent[]>();
	for (const one of sent) {
		const key = JSON.stringify([one.sdkAppId, one.userId]);
		users.set(key, [...(users.get(key) ?? []), one]);
	}
	return [...users.values()];
}

/** Requests for one user never overlap. */
function overlapsIn(contacts: Sent[]): string[] {
	return perUser(contacts).flatMap((tries) =>
		tries
			.slice(1)
			.filter((next, i) => next.startedAt < tries[i].endedAt)
			.map((next) => `two requests for ${nameOf(next)} overlap at ${next.startedAt}`),
	);
}

/** After a try in doubt nothing is sent for a minute, unless its session has told meanwhile what came of it. */
function openDoubtsIn(contacts: Sent[], log: Sent[]): string[] {
	return perUser(contacts).flatMap((tries) =>
		tries.slice(1).flatMap((next, i) => {
			const before = tries[i];
			const isOver = next.startedAt > before.endedAt + SESSION_TELLS_UNTIL_MS;
			if (!isInDoubt(before) || isOver || hasTold(before, next.startedAt, log)) return [];
			return [
				`${nameOf(next)} was sent at ${next.startedAt} after a doubt about ${nameOf(before)}`,
			];
		}),
	);
}

/** Whether the session has told until then what came of a try. */
function hasTold(tried: Sent, until: number, log: Sent[]): boolean {
	return log.some((read) => {
		if (read.command !== 'get_session_state' || nameOf(read) !== nameOf(tried)) return false;
		if (read.startedAt < tried.endedAt || read.endedAt > until) return false;
		const shown = shownBy(read);
		// A session that began with the try may be over a minute later.
		const isBelieved =
			read.startedAt >= tried.endedAt + DESK_IS_DONE_AFTER_MS - ROUNDING_MS &&
			read.endedAt <= tried.startedAt + SESSION_TELLS_UNTIL_MS + ROUNDING_MS;
		return typeof shown === 'object' || (shown === 'notDone' && isBelieved);
	});
}

/**
 * A second contact is somebody's wish only if it was sent when everybody could know of the first, and not by the same
 * execution, unless that asks in one try for two that differ in their group.
 */
function repeatedContactsIn(contacts: Sent[], log: Sent[], played: Played[]): string[] {
	const isWished = (first: Sent, second: Sent) =>
		first.group !== second.group &&
		played.some(
			({ executionId, tries }) =>
				executionId === first.executionId &&
				tries.some(({ from, until }) => from <= first.startedAt && second.startedAt <= until),
		);
	const made = contacts.filter(({ committedAt }) => committedAt !== undefined);
	return made.flatMap((first, i) =>
		made
			.slice(i + 1)
			.filter((second) => nameOf(first) === nameOf(second))
			.filter(
				(second) =>
					second.startedAt < first.endedAt ||
					(second.executionId === first.executionId && !isWished(first, second)) ||
					(isInDoubt(first) &&
						second.startedAt <= first.endedAt + SESSION_TELLS_UNTIL_MS &&
						!hasTold(first, second.startedAt, log)),
			)
			.map(
				(second) =>
					`${nameOf(second)} was contacted twice, by requests of ${first.startedAt} and ${second.startedAt}`,
			),
	);
}

const reportsOf = ({ ending }: Played) => reportsIn(ending);

/** The reports of a run that ended well, output by output, with their items. */
export const reportsIn = (ending: Ending): Array<{ item: number; report: IDataObject }> =>
	'error' in ending
		? []
		: ending.outputs.flat().map((item) => {
				const paired = item.pairedItem;
				const index = typeof paired === 'object' && 'item' in paired ? paired.item : Number(paired);
				return { item: index, report: reportOf(item) };
			});

/** The users in a list of the error that ends a stopped run. */
function usersIn(error: unknown, list: string): string[] {
	const { description } = error as { description?: unknown };
	const users = new RegExp(`${list}: \\d+ users? \\(([^)]*)\\)`).exec(String(description))?.[1];
	return (users ?? '').split(/, | and /);
}

/** Every item leaves once, with a report about its own user; an error counts every item. */
function itemsLostBy(execution: Played): string[] {
	const { ending, rows, executionId } = execution;
	if ('error' in ending) {
		const description = String((ending.error as { description?: unknown }).description);
		const countOf = (list: string) =>
			Number(new RegExp(`${list}: (\\d+) item`).exec(description)?.[1]);
		const named = new Set([
			...usersIn(ending.error, 'Contacted'),
			...usersIn(ending.error, 'perhaps contacted'),
		]);
		const others = rows.filter(({ userId }) => !named.has(userId.trim())).length;
		const counted = countOf('Not contacted') + countOf('Not tried');
		// One of several items of a user who is named may have got nowhere itself.
		const isWhole = counted >= others && counted <= rows.length;
		return isWhole
			? []
			: [`execution ${executionId} counts ${counted} of ${others}: ${description}`];
	}
	return rows.flatMap((row, index) => {
		const own = reportsOf(execution).filter(({ item }) => item === index);
		const isRight =
			own.length === 1 && ['', row.userId.trim()].includes(String(own[0].report.userId));
		return isRight ? [] : [`item ${index} of execution ${executionId} has ${own.length} reports`];
	});
}

/** Whoever is said to be contacted was. */
function falseContactedOf(execution: Played, contacts: Sent[]): string[] {
	return reportsOf(execution)
		.filter(({ report }) => report.outcome === 'contacted')
		.map(({ item }) => nameOf(execution.rows[item]))
		.filter((name) => !contacts.some((sent) => nameOf(sent) === name && sent.committedAt))
		.map((name) => `execution ${execution.executionId} says falsely that ${name} was contacted`);
}

/** What an execution has left for a retry about a contact. */
function outcomeKept(store: IContextObject, { userId, account, sdkAppId }: Row | Sent) {
	const memory = openRetryMemory(
		{ store, runIndex: 0 },
		{ unixMs: () => 0, processMs: () => 0, processId: 0 },
	);
	const kept = memory.recall(['contact', userId.trim(), account], appOf(sdkAppId));
	return kept && outcomeOf(kept.ended);
}

/** Every contact that an execution made is a `contacted` or an `unconfirmed` of it, or lies in what it left for a retry. */
function unexplainedOf(execution: Played, contacts: Sent[]): string[] {
	const { executionId, ending, rows, store, isCancelled } = execution;
	if (isCancelled) return [];
	const isExplained = (made: Sent) =>
		'error' in ending
			? outcomeKept(store, made) !== undefined
			: reportsOf(execution).some(
					({ item, report }) =>
						nameOf(rows[item]) === nameOf(made) &&
						['contacted', 'unconfirmed'].includes(String(report.outcome)),
				);
	return contacts
		.filter((sent) => sent.executionId === executionId && sent.committedAt !== undefined)
		.filter((made) => !isExplained(made))
		.map((made) => `no report of execution ${executionId} explains the contact of ${nameOf(made)}`);
}

/** Whoever is unconfirmed is so for a reason: a session that could not be read, a limit, an outage, a refused signature, too late. */
function needlessDoubtsOf(
	{ executionId, ending, rows, store, isCancelled }: Played,
	log: Sent[],
): string[] {
	if (isCancelled) return [];
	const inDoubt =
		'error' in ending
			? rows.filter((row) => outcomeKept(store, row) === 'unconfirmed')
			: doubtsIn(ending, rows);
	return inDoubt
		.filter((row) => {
			const ofApp = log.filter(({ sdkAppId }) => sdkAppId === row.sdkAppId);
			const ofUser = ofApp.filter(({ userId }) => userId === row.userId.trim());
			const reads = ofUser.filter(({ command }) => command === 'get_session_state');
			return !(
				ofApp.some(isForAll) ||
				isOutage(ofApp) ||
				reads.some((read) => shownBy(read) === 'unknown') ||
				reads.some((read) =>
					ofUser.some(
						({ startedAt, startedUnixMs }) =>
							read.endedAt > startedAt + SESSION_TELLS_UNTIL_MS ||
							read.endedUnixMs > startedUnixMs + SESSION_TELLS_UNTIL_MS,
					),
				)
			);
		})
		.map((row) => `execution ${executionId} leaves ${nameOf(row)} in doubt for no reason`);
}

/** Under Stop Workflow, a run that ends well leaves nobody in doubt of whom no try before it has told by its error. */
function untoldDoubtsOf({
	executionId,
	tries,
	ending,
	rows,
	planned,
	isCancelled,
}: Played): string[] {
	if (planned.mode !== 'stopWorkflow' || isCancelled) return [];
	const told = tries.flatMap((before) =>
		'error' in before.ending ? usersIn(before.ending.error, 'perhaps contacted') : [],
	);
	return doubtsIn(ending, rows)
		.filter(({ userId }) => !told.includes(userId.trim()))
		.map((row) => `execution ${executionId} was not stopped by the doubt about ${nameOf(row)}`);
}

/** The rows that a run which ended well leaves in doubt. */
function doubtsIn(ending: Ending, rows: Row[]): Row[] {
	return reportsIn(ending)
		.filter(({ report }) => report.outcome === 'unconfirmed')
		.map(({ item }) => rows[item]);
}
