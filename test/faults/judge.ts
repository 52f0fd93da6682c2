import type { INodeExecutionData, IRun } from 'n8n-workflow';

import type { Commit } from '../../simulator/contract';
import { reportOf } from '../engine/desk';
import type { ContactUserRun } from '../engine/harness';
import { CONTACT_USER } from '../engine/testWorkflow';

/** What a run says of each user: the outcome of every report about the user. */
export type Statements = Map<string, string[]>;

/** What an execution keeps of the node for a retry: outcome by item index. Undefined: nothing is kept. */
export function memoryOf(run: IRun, runIndex = 0): Map<number, string> | undefined {
	const context = run.data.executionData?.contextData[`node:${CONTACT_USER}`];
	const tries = context?.contactUserEarlierTries as
		Record<string, Record<string, { ending: { outcome: string } }>> | undefined;
	const kept = tries?.[runIndex];
	if (kept === undefined) return undefined;
	return new Map(Object.entries(kept).map(([item, { ending }]) => [Number(item), ending.outcome]));
}

export interface Counts {
	contacted: number;
	items: number;
	notContacted: number;
	unconfirmed: number;
	notTried: number;
}

/** The counts in the error that ends a run under On Error = Stop Workflow. */
export function countsOf(error: unknown): Counts | undefined {
	const { message, description } = { message: '', description: '', ...(error as object) };
	const count = (pattern: RegExp) => pattern.exec(description)?.[1];
	const items = / of (\d+)\]$/.exec(message)?.[1];
	const contacted = count(/Contacted: (nobody|\d+)/)?.replace('nobody', '0');
	const notContacted = count(/Not contacted: (\d+)/);
	const notTried = count(/Not tried: (\d+)/);
	if ([items, contacted, notContacted, notTried].includes(undefined)) return undefined;
	return {
		contacted: Number(contacted),
		items: Number(items),
		notContacted: Number(notContacted),
		unconfirmed: Number(count(/In doubt, perhaps contacted: (\d+)/) ?? 0),
		notTried: Number(notTried),
	};
}

/** The part of a run that is judged. */
export type JudgedRun = Pick<ContactUserRun, 'run' | 'outputs' | 'error'>;

/** What the run says of each of its users, by its items or, when it stopped, by what it left for a retry. */
export function statementsOf(run: JudgedRun, userIds: string[]): Statements {
	const statements: Statements = new Map(userIds.map((userId) => [userId, []]));
	const say = (item: number, outcome: string) => {
		const userId = userIds[item] ?? `item ${item}`;
		statements.set(userId, [...(statements.get(userId) ?? []), outcome]);
	};
	if (run.error !== undefined) {
		memoryOf(run.run)?.forEach((outcome, item) => say(item, outcome));
		return statements;
	}
	for (const item of run.outputs.flat()) {
		const { userId, outcome } = reportOf(item);
		const index = itemIndexOf(item);
		// An item whose turn never came is not read any more, so its report names nobody.
		const isOwn = userId === userIds[index] || userId === '';
		say(index, isOwn ? String(outcome) : `a report about ${String(userId)}`);
	}
	return statements;
}

function itemIndexOf({ pairedItem }: INodeExecutionData): number {
	const [first] = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	return typeof first === 'object' ? first.item : (first ?? -1);
}

/**
 * Holds a run against what really happened, and names everything that is not as promised:
 * each user is contacted at most once; every item is reported exactly once; whoever is reported as contacted was
 * contacted; whoever was contacted is reported as contacted, or at least as unconfirmed.
 * @param userIds the user of each item, all different
 */
export function violationsOf(run: JudgedRun, userIds: string[], ledger: Commit[]): string[] {
	const statements = statementsOf(run, userIds);
	const contacts = new Map<string, number>();
	for (const { userId } of ledger) contacts.set(userId, (contacts.get(userId) ?? 0) + 1);

	const found: string[] = [];
	for (const [userId, count] of contacts) {
		if (count > 1) found.push(`${userId} was contacted ${count} times`);
	}
	for (const [userId, said] of statements) {
		const wasContacted = contacts.has(userId);
		if (run.error === undefined && said.length !== 1) {
			found.push(`${userId} is reported ${said.length} times`);
		}
		if (!userIds.includes(userId)) found.push(`${userId} is reported, but is no user of the batch`);
		if (said.includes('contacted') && !wasContacted) {
			found.push(`${userId} is reported as contacted, but was not`);
		}
		if (wasContacted && !said.includes('contacted') && !said.includes('unconfirmed')) {
			found.push(`${userId} was contacted, but the report is ${said.join() || 'missing'}`);
		}
	}
	return [...found, ...(run.error === undefined ? memoryLeftBy(run) : countsAgainst(run, userIds))];
}

function memoryLeftBy({ run }: JudgedRun): string[] {
	return memoryOf(run) === undefined ? [] : ['a memory is left after the run ended normally'];
}

/** Under Stop Workflow, the one error has to account for every item. */
function countsAgainst(run: JudgedRun, userIds: string[]): string[] {
	const counts = countsOf(run.error);
	if (counts === undefined) return [`the error counts nothing: ${run.error?.message}`];
	const { items, contacted, notContacted, unconfirmed, notTried } = counts;
	const outcomes = [...(memoryOf(run.run)?.values() ?? [])];
	const kept = (outcome: string) => outcomes.filter((other) => other === outcome).length;
	return [
		...(items === userIds.length ? [] : [`the error counts ${items} of ${userIds.length} items`]),
		...(contacted + notContacted + unconfirmed + notTried === items
			? []
			: ['the counts do not add up']),
		...(contacted === kept('contacted')
			? []
			: [`${contacted} contacted, ${kept('contacted')} kept`]),
		...(unconfirmed === kept('unconfirmed')
			? []
			: [`${unconfirmed} unconfirmed, ${kept('unconfirmed')} kept`]),
	];
}
