import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../shared/api/callDesk';
import { contactItem, type ContactedItem } from './contact/contactItem';
import { CLOCK, isCancelled, PROCESS_ID, RATE_LIMITERS } from '../shared/n8n/pace';
import { createScheduler } from '../shared/sending/scheduler';
import {
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../shared/lists/listSearch';
import { ANY_AGENT, ANY_GROUP } from '../shared/lists/locators';
import { runHints } from './output/hints';
import type { ContactResult } from './contact/results';
import type { RunOptions } from './input/options';
import { hasSingleOutput, isErrorOutcome, toOutputs } from './output/outputs';
import { BUILDER_HINT, OUTPUTS, SUBTITLE } from './description/canvas';
import { watchProgress } from './output/progress';
import { PROPERTIES } from './description/properties';
import { makeReport } from './output/report';
import { openRetryMemory, retryContextOf } from './contact/retryMemory';
import { parameterReader, readRunOptions } from './input/parameters';
import { canPairInput, mayRunAgain, outputModeOf, type OutputMode } from '../shared/n8n/output';
import { stopError } from './output/stopError';

export class ContactUser implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Contact User',
		name: 'contactUser',
		icon: {
			light: 'file:../../icons/tencentDesk.svg',
			dark: 'file:../../icons/tencentDesk.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Let a live agent of Tencent Cloud Desk contact a user, and branch by what happened',
		defaults: { name: 'Contact User' },
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		usableAsTool: true,
		builderHint: BUILDER_HINT,
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: PROPERTIES,
	};

	methods = {
		listSearch: {
			searchCustomerServiceAccounts,
			searchAgentGroups: orAny(searchAgentGroups, ANY_GROUP),
			searchAgents: orAny(searchAgents, ANY_AGENT),
		},
	};

	/**
	 * Contacts the user of every item and puts a report of it on the output that tells what happened.
	 * @throws one NodeOperationError under On Error = Stop Workflow, when an outcome is `failed` or `unconfirmed`;
	 * nothing in any other mode, since n8n would then send the untouched inputs out of Contacted
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const mode = outputModeOf(this);
		const { options, problem: optionsProblem } = readRunOptions(this);
		const scheduler = createScheduler<ContactResult>(options, {
			clock: CLOCK,
			limiterOf: RATE_LIMITERS.of,
			cancelSignal: this.getExecutionCancelSignal(),
		});
		const memory = openRetryMemory(retryContextOf(this, mode), {
			unixMs: Date.now,
			processMs: CLOCK.now,
			processId: PROCESS_ID,
		});
		let stoppedAt: number | undefined;
		const run = {
			options,
			optionsProblem,
			scheduler,
			memory,
			mode,
			parametersOf: parameterReader(this),
			contacts: new Map(),
			onResult: (result: ContactResult, itemIndex: number) => {
				if (mode !== 'stop' || !stopsWorkflow(result)) return;
				stoppedAt ??= itemIndex;
				scheduler.halt();
			},
		};

		const contacted = new Array<ContactedItem>(items.length);
		const tellProgress = watchProgress(this, items.length, CLOCK.now);
		await scheduler.forEach(items.length, async (i, slot) => {
			contacted[i] = await contactItem(this, i, slot, run);
			tellProgress(contacted[i].result);
		});

		let comesBack = true;
		try {
			// A throw would turn a cancelled execution into a failed one; n8n goes no further with what is returned.
			if (stoppedAt !== undefined && !isCancelled(this)) {
				throw stopError(this.getNode(), contacted, stoppedAt);
			}
			const outputs = leave(this, items, contacted, { mode, options });
			comesBack = mayRunAgain(this.getNode(), outputs);
			return outputs;
		} finally {
			// Whoever runs next must know what was sent, whatever made this run fail.
			if (comesBack) memory.remember(contacted);
			else memory.forget();
		}
	}
}

/** Makes the reports, leaves the hints, and puts every report on its output. */
function leave(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	contacted: ContactedItem[],
	{ mode, options }: { mode: OutputMode; options: RunOptions },
): INodeExecutionData[][] {
	const reports = contacted.map(({ request, result }) => makeReport(request, result, options));
	const node = context.getNode();
	const singleOutput = hasSingleOutput(node);
	const alwaysOutputData = node.alwaysOutputData === true;
	const hints = runHints(reports, { mode, singleOutput, alwaysOutputData });
	// Older versions of n8n have no hints, and a throw here would undo a run that is done.
	context.addExecutionHints?.(...hints);
	return toOutputs(items, reports, {
		mode,
		includeInputFields: options.includeInputFields,
		singleOutput,
		canPair: canPairInput(context),
	});
}

/** What On Error = Stop Workflow stops for: not for what an earlier try of the same execution has stopped for already. */
function stopsWorkflow(result: ContactResult): boolean {
	return isErrorOutcome(result.outcome) && !result.notTried && !result.fromEarlierTry;
}
