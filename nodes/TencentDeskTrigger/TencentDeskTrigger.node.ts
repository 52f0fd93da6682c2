import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE, type DeskCredential } from '../shared/desk/callDesk';
import type { SessionRecord } from '../shared/desk/session';
import { searchAgentGroups, searchAgents } from '../shared/n8n/locators';
import { notSetUp, readCredential } from '../shared/n8n/credential';
import { windowAsker } from './askForPage';
import { HOUR_S, keepAfterPoll, newestMemory } from './memory';
import { byTime, isOfFilters, nextPoll } from './newRecords';
import { readList } from './readRecords';
import { TRIGGER_PROPERTIES, readSettings, type Settings } from './settings';

export class TencentDeskTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tencent Desk Trigger',
		name: 'tencentDeskTrigger',
		icon: {
			light: 'file:../../icons/tencentDeskTrigger.svg',
			dark: 'file:../../icons/tencentDeskTrigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: 'Session ended',
		// The list of nodes shows one entry for the trigger and for Tencent Desk, and this under its name.
		description:
			'Starts when a session has ended; actions for messages, sessions and agents of Tencent Desk',
		defaults: { name: 'Tencent Desk Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: TRIGGER_PROPERTIES,
	};

	methods = {
		listSearch: { searchAgentGroups, searchAgents },
	};

	/**
	 * Gives one item for each session record that was not given before; null when there is none, since n8n would start an
	 * execution for an empty list. Its memory changes only together with what it gives.
	 * @throws NodeApiError when Desk could not be asked, NodeOperationError when the node cannot work as it is set up
	 */
	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const records =
			this.getMode() === 'manual' ? await showNewest(this) : await pollUnlessUnderWay(this);
		if (records.length === 0) return null;
		return [records.map((record) => ({ json: { ...record } satisfies IDataObject }))];
	}
}

const underWay = new Set<string>();

/**
 * n8n starts the next poll on time even if the last has not ended, and both would give the same records. A workflow may
 * also be published anew meanwhile; what the other poll gives is then kept by older versions of n8n, and dropped by newer
 * ones, which shows until the next poll.
 */
async function pollUnlessUnderWay(context: IPollFunctions): Promise<SessionRecord[]> {
	const { id, name } = context.getNode();
	// The name too: after an import, two nodes may have one id.
	const node = JSON.stringify([context.getWorkflow().id, id, name]);
	if (underWay.has(node)) return [];
	underWay.add(node);
	try {
		return await pollOnce(context, node);
	} finally {
		underWay.delete(node);
	}
}

async function pollOnce(context: IPollFunctions, node: string): Promise<SessionRecord[]> {
	const { settings, now, application, credential } = await readSetUp(context);
	const staticData = context.getWorkflowStaticData('node');
	const { give, memory } = await nextPoll(
		newestMemory(node, staticData.memory, application),
		{ settings, application, now },
		// Of any user: the filter may change, and what was there before is not given then.
		windowAsker(context, {
			credential,
			userId: '',
			timeoutMs: settings.timeoutMs,
			budgetMs: budgetOf(context),
		}),
	);
	// Nothing is awaited from here on until n8n has the records: it keeps both, or none.
	staticData.memory = keepAfterPoll(node, memory, give.length > 0) as IDataObject;
	return give;
}

/** Before n8n 2.41 nothing says how long a poll may take. */
function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number | undefined {
	return context.getPollBudgetMs?.();
}

/** For a test in the editor when nothing has ended within the look back: far enough to find something to show. */
const SHOWN_FROM_S = 30 * 24 * HOUR_S;
const MOST_PAGES_SHOWN = 20;

/** The newest record that the filters let pass, for a test in the editor. Leaves no trace. */
async function showNewest(context: IPollFunctions): Promise<SessionRecord[]> {
	const { settings, now, credential } = await readSetUp(context);
	const { filters, timeoutMs } = settings;
	const ask = windowAsker(context, { credential, userId: filters.userId, timeoutMs });
	const newestFrom = async (from: number) => {
		let pages = 0;
		const { rows } = await readList(async (offset) => {
			pages += 1;
			return pages > MOST_PAGES_SHOWN ? undefined : await ask({ from, to: now }, offset);
		});
		return [...rows.values()]
			.filter((record) => isOfFilters(record, filters))
			.filter(({ rating }) => !filters.onlyRated || rating !== null)
			.sort(byTime)
			.at(-1);
	};
	const newest =
		(await newestFrom(now - settings.lookBackS)) ?? (await newestFrom(now - SHOWN_FROM_S));
	if (newest !== undefined) return [newest];
	const isFiltered = Object.values(filters).some(Boolean);
	throw notSetUp(context, {
		message: isFiltered
			? 'No session of the last 30 days passes the filters, so there is nothing to show.'
			: 'No session has ended in the last 30 days, so there is nothing to show.',
		advice: `End a session in Desk${isFiltered ? ', or remove filters' : ''}, then test again. Once the workflow is active, it starts for every session that ends.`,
	});
}

interface SetUp {
	settings: Settings;
	credential: DeskCredential;
	application: string;
	/** Epoch seconds. */
	now: number;
}

async function readSetUp(context: IPollFunctions): Promise<SetUp> {
	const reading = readSettings({
		filters: context.getNodeParameter('filters', {}),
		options: context.getNodeParameter('options', {}),
		pollTimes: context.getNodeParameter('pollTimes', {}),
		stored: context.getNode().parameters,
	});
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
