import type { IContextObject, INodeExecutionData, IRun } from 'n8n-workflow';

import { contactCommand } from '../../nodes/ContactUser/contact';
import { outcomeOf } from '../../nodes/ContactUser/report';
import { openRetryMemory } from '../../nodes/shared/delivery/retryMemory';
import type { Commit } from '../../simulator/contract';
import { reportOf } from '../engine/desk';
import type { NodeRun, NodeSetup } from '../engine/harness';
import { CONTACT_USER } from '../engine/testedNode';
import { DEFAULT_ACCOUNT } from '../../simulator/world';

/*
 * The runs are those of n8n's own engine; what of n8n's server is played is told in ../engine/harness.ts. What is judged
 * less strictly than a builder would, and where it is strict:
 *  - a run that stopped reports nothing, so what it leaves for a retry is taken for its reports; its error has to count
 *    them (test/e2e/neverTwice.ts presses the Retry button of a real n8n);
 *  - with Retry On Fail a memory may stay behind, since old versions of n8n go on with tries that went well
 *    (test/engine/contactUser/retry.test.ts: "leaves nothing behind");
 *  - beside other executions no try knows of all contacts: only all of them together are held against the ledger
 *    (test/unit/contactUser/executions judges each);
 *  - a user may be `unconfirmed` for any reason (needless doubts: test/unit/contactUser/executions);
 *  - a loop is a stub of Loop Over Items (n8n's own: test/e2e/neverTwice.ts).
 */

/** What a run says of each user: the outcome of every report about the user. */
export type Statements = Map<string, string[]>;

/** The part of a run that is judged. */
export type JudgedRun = Pick<NodeRun, 'run' | 'outputs' | 'error'>;

/** A run, and the user of each of its items. */
export interface JudgedBatch {
	run: JudgedRun;
	userIds: string[];
	/** Whether Retry On Fail is on: old n8n goes on with tries that went well, so what is kept for them may stay behind. */
	mayKeepMemory?: boolean;
}

export function mayKeepMemoryFor({ node }: NodeSetup): boolean {
	return node?.retryOnFail === true;
}

function storeOf(run: IRun): IContextObject | undefined {
	return run.data.executionData?.contextData[`node:${CONTACT_USER.name}`];
}

/** Of how many contacts an execution keeps something for a retry. Undefined: nothing is kept. */
export function contactsKept(run: IRun, runIndex = 0): number | undefined {
	const runs = storeOf(run)?.tencentDeskEarlierTries as Record<string, object> | undefined;
	const kept = runs?.[runIndex];
	return kept && Object.keys(kept).length;
}

/** What the run says of each of its items, by its reports or, when it stopped, by what it left for a retry. */
function outcomesByItem({ run, userIds }: JudgedBatch): string[][] {
	if (run.error !== undefined) {
		const clocks = { unixMs: Date.now, processMs: () => 0, processId: 0 };
		const memory = openRetryMemory({ store: storeOf(run.run) ?? {}, runIndex: 0 }, clocks);
		return userIds.map((userId) => {
			const asked = {
				userId,
				customerServiceAccount: DEFAULT_ACCOUNT,
				agentGroup: null,
				agent: null,
			};
			const kept = memory.recall(contactCommand(asked, 'both').identity, undefined);
			return kept === undefined ? [] : [outcomeOf(kept.ended)];
		});
	}
	const said = userIds.map((): string[] => []);
	for (const item of run.outputs.flat()) {
		const { userId, outcome } = reportOf(item);
		const index = itemIndexOf(item);
		// An item whose turn never came is not read any more, so its report names nobody.
		const isOwn = userId === userIds[index] || userId === '';
		said[index]?.push(isOwn ? String(outcome) : `a report about ${String(userId)}`);
	}
	return said;
}

/** What the run says of each of its users: the outcome of every report about the user. */
export function statementsOf(run: JudgedRun, userIds: string[]): Statements {
	const statements: Statements = new Map();
	outcomesByItem({ run, userIds }).forEach((outcomes, item) => {
		const known = statements.get(userIds[item]);
		if (known === undefined) statements.set(userIds[item], [...outcomes]);
		else known.push(...outcomes);
	});
	return statements;
}

function itemIndexOf({ pairedItem }: INodeExecutionData): number {
	const [first] = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	return typeof first === 'object' ? first.item : (first ?? -1);
}

/** The same for a single run, which is all that was sent. */
export function violationsOf(run: JudgedRun, userIds: string[], ledger: Commit[]): string[] {
	return violationsOfAll([{ run, userIds }], ledger);
}

/**
 * Holds all runs against what really happened, and names everything that is not as promised: over all of them, each
 * user is contacted at most once; every item is reported exactly once; whoever is reported as contacted was contacted;
 * whoever was contacted is reported as contacted, or at least as unconfirmed, by one of them.
 */
export function violationsOfAll(batches: JudgedBatch[], ledger: Commit[]): string[] {
	const contacts = new Map<string, number>();
	for (const { userId } of ledger) contacts.set(userId, (contacts.get(userId) ?? 0) + 1);
	const all = batches.map(({ run, userIds }) => statementsOf(run, userIds));

	const found: string[] = [];
	for (const [userId, count] of contacts) {
		if (count > 1) found.push(`${userId} was contacted ${count} times`);
		const said = all.flatMap((statements) => statements.get(userId) ?? []);
		if (!said.includes('contacted') && !said.includes('unconfirmed')) {
			found.push(`${userId} was contacted, but the report is ${said.join() || 'missing'}`);
		}
	}
	for (const statements of all) {
		for (const [userId, said] of statements) {
			if (!said.includes('contacted') || contacts.has(userId)) continue;
			found.push(`${userId} is reported as contacted, but was not`);
		}
	}
	return [...found, ...batches.flatMap(lostBy)];
}

/** Every item is accounted for, once; also by a try that is tried again. */
export function lostBy(batch: JudgedBatch): string[] {
	const { run, userIds, mayKeepMemory = false } = batch;
	if (run.error !== undefined) return countsAgainst(run, userIds);
	const items = run.outputs.flat();
	const odd = outcomesByItem(batch).flatMap((outcomes, item) =>
		outcomes.length === 1 && !outcomes[0].startsWith('a report about')
			? []
			: [`item ${item} (${userIds[item]}) is reported ${outcomes.join() || 'never'}`],
	);
	return [
		...odd,
		...(items.length === userIds.length
			? []
			: [`${items.length} items left, of ${userIds.length}`]),
		...(mayKeepMemory || contactsKept(run.run) === undefined
			? []
			: ['a memory is left after the run ended normally']),
	];
}

/** Under Stop Workflow, the one error has to account for every item. */
function countsAgainst(run: JudgedRun, userIds: string[]): string[] {
	const counts = countsOf(run.error);
	if (counts === undefined) return [`the error counts nothing: ${run.error?.message}`];
	const { items, contacted, notContacted, unconfirmed, notTried } = counts;
	const sum = contacted + notContacted + unconfirmed + notTried;
	const statements = statementsOf(run, userIds);
	/** Of a user in several rows the memory knows the best, and each row counts as what became of it. */
	const isPossible = (outcome: string, counted: number, alsoKeptAs: string[] = []) => {
		const kept = [...statements.values()].filter((said) => said.includes(outcome));
		const most = [...statements.values()]
			.filter((said) => [outcome, ...alsoKeptAs].some((other) => said.includes(other)))
			.reduce((sum, said) => sum + said.length, 0);
		return counted >= kept.length && counted <= most;
	};
	const isKept =
		isPossible('contacted', contacted) && isPossible('unconfirmed', unconfirmed, ['contacted']);
	return [
		...(items === userIds.length ? [] : [`the error counts ${items} of ${userIds.length} items`]),
		// Users who were contacted or may have been are counted once, however many rows they have.
		...(sum <= items && sum >= items - (userIds.length - new Set(userIds).size)
			? []
			: ['the counts do not add up']),
		...(isKept
			? []
			: [
					`counted ${contacted} contacted and ${unconfirmed} in doubt, kept ${[...statements.values()].flat().join()}`,
				]),
	];
}

type CountName = 'contacted' | 'items' | 'notContacted' | 'unconfirmed' | 'notTried';

/** The counts in the error that ends a run under On Error = Stop Workflow. */
export function countsOf(error: unknown): Record<CountName, number> | undefined {
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
		unconfirmed: Number(count(/Unclear, perhaps contacted: (\d+)/) ?? 0),
		notTried: Number(notTried),
	};
}
