import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { readCredential } from '../shared/n8n/credential';
import type { SessionRecord } from '../shared/desk/session';
import type { DeskCredential } from '../shared/desk/callDesk';
import { readSettings, type Settings } from './settings';
import { readRecords, type RecordsRead } from './readRecords';
import { passes, nextPoll } from './newRecords';
import { HOUR_S } from './memory';
import { notRead, notSetUp, pageAsker, type PageRequest } from './askForPage';

interface SetUp {
	settings: Settings;
	credential: DeskCredential;
	application: string;
	/** Epoch seconds. */
	now: number;
}

/** For a test in the editor when nothing has ended within the look back: far enough to find something to show. */
const SHOWN_FROM_S = 30 * 24 * HOUR_S;
const MOST_PAGES_SHOWN = 20;

/**
 * The records that this poll gives. The first poll of a workflow only looks at what is there.
 * @param meanwhile where those keep their memory who came while this poll was under way
 */
export async function pollOnce(
	context: IPollFunctions,
	meanwhile: readonly IDataObject[],
): Promise<SessionRecord[]> {
	const { settings, now, application, credential } = await readSetUp(context);
	const staticData = context.getWorkflowStaticData('node');
	const { timeoutMs } = settings;
	const { give, memory } = await nextPoll(
		staticData.memory,
		{ settings, application, now },
		async (window, userId) => await readAll(context, { credential, window, userId, timeoutMs }),
	);
	// Nothing is awaited from here on until n8n has the records: it keeps both, or none.
	for (const keeper of [staticData, ...meanwhile]) keeper.memory = { ...memory };
	return give;
}

/** The newest record that the filters let pass, for a test in the editor. Leaves no trace. */
export async function showNewest(context: IPollFunctions): Promise<SessionRecord[]> {
	const { settings, now, credential } = await readSetUp(context);
	const { filters, timeoutMs } = settings;
	const { userId } = filters;
	const newestFrom = async (from: number, mostPages?: number) => {
		const request = { credential, window: { from, to: now }, userId, timeoutMs };
		const { records } = await readRecords(pageAsker(context, request), mostPages);
		return [...records.values()]
			.filter((record) => passes(record, filters))
			.sort(byTime)
			.at(-1);
	};
	const newest =
		(await newestFrom(now - settings.lookBackS)) ??
		(await newestFrom(now - SHOWN_FROM_S, MOST_PAGES_SHOWN));
	if (newest !== undefined) return [newest];
	throw notSetUp(context, {
		message:
			'No session that the filters let pass has ended in the last 30 days, so there is none to show.',
		advice:
			'End a session in Desk, or loosen the filters, then test again. Once the workflow is active, it starts for every session that ends.',
	});
}

async function readSetUp(context: IPollFunctions): Promise<SetUp> {
	const reading = readSettings(
		context.getNodeParameter('filters', {}),
		context.getNodeParameter('options', {}),
	);
	if ('problem' in reading) throw notSetUp(context, reading.problem);
	const credential = await readCredential(context);
	if ('problem' in credential) throw notSetUp(context, credential.problem);
	return {
		settings: reading.settings,
		credential: credential.credential,
		application: String(credential.credential.account.sdkAppId),
		now: Math.floor(Date.now() / 1000),
	};
}

async function readAll(context: IPollFunctions, request: PageRequest): Promise<RecordsRead> {
	const reading = await readRecords(pageAsker(context, request));
	if (reading.isWhole) return reading;
	throw notRead(context, {
		message: 'Desk lists more than 100,000 sessions since the last poll.',
		advice: 'Poll more often, shorten Look Back, or filter by User ID.',
	});
}

function byTime(one: SessionRecord, other: SessionRecord): number {
	return (one.timestampSeconds ?? 0) - (other.timestampSeconds ?? 0);
}

/** By node: the places of memory of those who came meanwhile. */
const underWay = new Map<string, IDataObject[]>();

/**
 * Runs a poll unless one of the same node is under way in this process: n8n starts the next one on time even if the last
 * has not ended, and both would give the same records.
 * A workflow that is activated anew meanwhile has begun with what was stored before, so it is told what the poll found.
 * @returns undefined when it was not run
 */
export async function unlessUnderWay<T>(
	context: IPollFunctions,
	poll: (meanwhile: readonly IDataObject[]) => Promise<T>,
): Promise<T | undefined> {
	const node = `${context.getWorkflow().id}/${context.getNode().id}`;
	const others = underWay.get(node);
	if (others !== undefined) {
		others.push(context.getWorkflowStaticData('node'));
		return undefined;
	}
	const meanwhile: IDataObject[] = [];
	underWay.set(node, meanwhile);
	try {
		return await poll(meanwhile);
	} finally {
		underWay.delete(node);
	}
}
