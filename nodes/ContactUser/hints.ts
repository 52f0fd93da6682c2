import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Ended } from '../shared/delivery/command';
import { ALREADY_WITH_AGENT } from '../shared/desk/codes';
import { hintOf, namesOf, nounFor } from '../shared/n8n/output';
import type { OutputMode } from '../shared/n8n/runItems';
import type { ContactReport } from './report';

/** Lines of the box, beside those that say what else there is. */
const MOST_CAUSES = 3;
/** Users that are named for each cause. */
const MOST_NAMES = 3;

export interface HintSettings {
	mode: OutputMode;
	singleOutput: boolean;
	alwaysOutputData: boolean;
	/** Whether nothing leaves by the first output. */
	isFirstEmpty: boolean;
}

/**
 * What n8n shows beside the output of a run: one box, a line for each cause, so that it is seen where an output is not
 * wired. The model that reads a tool's answer sees none of it.
 */
export function runHints(reports: ContactReport[], settings: HintSettings): NodeExecutionHint[] {
	if (settings.mode === 'tool') return [];
	const isSimulated = reports.some(({ simulated }) => simulated);
	const causes = [
		...(isSimulated ? [] : [...perhapsContacted(reports), ...failures(reports)]),
		...configErrors(reports, settings.singleOutput),
		...alreadyTalking(reports),
		...likelyMistakes(reports),
	];
	const more = causes.length - MOST_CAUSES;
	const lines = [
		...(isSimulated ? ['Simulate Only is on: nobody was contacted.'] : []),
		...causes.slice(0, MOST_CAUSES),
		...(more > 0 ? [`And ${nounFor(more, 'more cause')}: see the items.`] : []),
		...emptyItem(settings),
	];
	return hintOf(lines, 'warning');
}

function perhapsContacted(reports: ContactReport[]): string[] {
	const concerned = reports.filter(({ outcome }) => outcome === 'unconfirmed');
	const [first] = concerned;
	if (first === undefined) return [];
	const count = `${concerned.length} of ${nounFor(reports.length, 'item')}`;
	return [`${count} may have been contacted${namesIn(concerned)}: ${first.advice}`];
}

function failures(reports: ContactReport[]): string[] {
	const concerned = reports.filter(({ outcome }) => outcome === 'failed');
	return causesOf(concerned, 'failed', ({ message }) => message);
}

function configErrors(reports: ContactReport[], singleOutput: boolean): string[] {
	const concerned = reports.filter(({ outcome }) => outcome === 'configurationError');
	const left = singleOutput ? 'ended as configurationError' : 'left by Config Error';
	return causesOf(concerned, left, ({ errorCode, message }) => errorCode ?? message);
}

/** A line for each cause. @param ended how "3 items" goes on */
function causesOf(
	concerned: ContactReport[],
	ended: string,
	causeOf: (report: ContactReport) => number | string,
): string[] {
	return [...groupBy(concerned, causeOf).values()].map(
		(alike) => `${nounFor(alike.length, 'item')} ${ended}${sentenceFor(alike)}`,
	);
}

function sentenceFor(ofOneCause: AtLeastOne<ContactReport>): string {
	const [{ message, advice, userId, errorCode }] = ofOneCause;
	if (userId === '' && errorCode === null && message.startsWith('User ID is empty')) {
		return ' without a User ID: check the name of the field in User ID.';
	}
	return `${namesIn(ofOneCause)}: ${message} ${advice}`.trimEnd();
}

function alreadyTalking(reports: ContactReport[]): string[] {
	const concerned = reports.filter(({ errorCode }) => errorCode === ALREADY_WITH_AGENT);
	if (concerned.length === 0) return [];
	const isOne = concerned.length === 1;
	return [
		`${concerned.length} of ${nounFor(reports.length, 'item')} ${isOne ? 'is' : 'are'} already in a conversation with an agent${namesIn(concerned)}, perhaps from your last test.`,
	];
}

/** Not of those who were contacted, since their user ids have proved right. */
function likelyMistakes(reports: ContactReport[]): string[] {
	const seen = reports.flatMap((report) => {
		const mistake = report.outcome === 'contacted' ? undefined : likelyMistake(report.userId);
		return mistake === undefined ? [] : [{ ...report, mistake }];
	});
	return [...groupBy(seen, ({ mistake }) => mistake)].map(
		([mistake, alike]) =>
			`${nounFor(alike.length, 'item')}${namesIn(alike)}: the User ID ${mistake}. The node sent it unchanged. Check whether Desk knows the user by it.`,
	);
}

/**
 * Always Output Data: up to n8n 2 an empty item appears on the first output whenever nothing leaves there, from n8n 3 on
 * only when nothing leaves at all. Nothing tells a node which n8n it runs in, so the sentence holds for both.
 */
function emptyItem({ singleOutput, alwaysOutputData, isFirstEmpty }: HintSettings): string[] {
	if (!alwaysOutputData || !isFirstEmpty) return [];
	const first = singleOutput ? 'the first output' : 'Contacted';
	return [
		`Nobody was contacted. An empty item on ${first} comes from the setting Always Output Data. Turn it off for this node.`,
	];
}

function namesIn(reports: ContactReport[]): string {
	const named = [...new Set(reports.map(({ userId }) => userId))].filter((id) => id !== '');
	return named.length > 0 ? ` (${namesOf(named, MOST_NAMES)})` : '';
}

type AtLeastOne<Value> = [Value, ...Value[]];

function groupBy<Value, Key>(
	values: Value[],
	keyOf: (value: Value) => Key,
): Map<Key, AtLeastOne<Value>> {
	const groups = new Map<Key, AtLeastOne<Value>>();
	for (const value of values) {
		const key = keyOf(value);
		const known = groups.get(key);
		if (known === undefined) groups.set(key, [value]);
		else known.push(value);
	}
	return groups;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/**
 * With the sign for another country, in the groups that people write, or a mobile of mainland China. Not any digits:
 * most CRMs number their contacts.
 */
const PHONES = [
	/^\+(?:[\s().-]*\d){7,15}$/,
	/^\(\d{2,4}\)(?:[\s.-]*\d){6,10}$/,
	/^\d{3}([ .-])\d{3}\1\d{4}$/,
	/^1[3-9]\d([ -])\d{4}\1\d{4}$/,
	/^1[3-9]\d{9}$/,
];

/**
 * What a User ID looks like that is allowed, but seldom one; undefined when it looks like none of these. It may be
 * right, since an application chooses its UserIDs itself.
 * @returns how the sentence goes on after "The User ID"
 */
export function likelyMistake(userId: string): string | undefined {
	if (EMAIL.test(userId)) return 'looks like an e-mail address';
	if (PHONES.some((phone) => phone.test(userId))) return 'looks like a phone number';
	return undefined;
}

/** A run that is over sooner says nothing of itself; a longer one says this often how far it is. */
const EVERY_MS = 5000;

/**
 * Tells how far a long run is, by counts only: in n8n's log, in the console of the browser that runs it by hand, and as
 * custom data of the execution, which is all that n8n keeps of a run that is stopped.
 * @param now milliseconds
 * @returns to be called with how each item ended
 */
export function watchProgress(
	context: IExecuteFunctions,
	total: number,
	now: () => number,
): (ended: Ended) => void {
	const { name } = context.getNode();
	let [done, contacted] = [0, 0];
	let lastTold = now();
	let keep: ((text: string) => void) | undefined;
	return ({ kind }) => {
		done += 1;
		if (kind === 'done') contacted += 1;
		// With its last item the run is over, and its items tell all.
		const isTime = done < total && now() - lastTold >= EVERY_MS;
		if (!isTime && keep === undefined) return;
		const text = `${done} of ${total} items done, ${contacted} contacted`;
		try {
			keep ??= customDataOf(context, name);
			keep(text);
			if (!isTime) return;
			lastTold = now();
			context.logger.info(`${name}: ${text}`);
			context.sendMessageToUI(text);
		} catch {
			// Never a reason to fail a run.
		}
	};
}

/** Its keys may have letters, digits and underscores only. */
function customDataOf(context: IExecuteFunctions, nodeName: string): (text: string) => void {
	const key = nodeName.replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
	const { customData } = context.getWorkflowDataProxy(0).$execution as {
		customData: { set(key: string, value: string): void };
	};
	return (text) => customData.set(key, text);
}
