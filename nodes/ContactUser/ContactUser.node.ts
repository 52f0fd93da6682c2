import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { forEachItem, openRun } from '../shared/delivery/run';
import { openRetryMemory, retryContextOf, THIS_PROCESS } from '../shared/delivery/retryMemory';
import { CLOCK, isCancelled } from '../shared/delivery/process';
import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import {
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
} from '../shared/n8n/listSearch';
import { ANY_AGENT, ANY_GROUP } from '../shared/n8n/locators';
import { canPairInput, mayRunAgain, outputModeOf, type OutputMode } from '../shared/n8n/output';
import { contactItem, newItem, type ContactedItem } from './contactItem';
import { parameterReader } from './contactRequest';
import { BUILDER_HINT, OUTPUTS, PROPERTIES, SUBTITLE } from './description';
import { runHints } from './hints';
import { hasSingleOutput, isErrorOutcome, toOutputs } from './outputs';
import { watchProgress } from './progress';
import { makeReport } from './report';
import { outcomeOf } from './result';
import { readRunOptions, type RunOptions } from './runOptions';
import { stopError } from './stopError';
import type { Ended } from '../shared/delivery/command';

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
		const tellProgress = watchProgress(this, items.length, CLOCK.now);
		// An agent decides itself whether to call its tool again.
		const memory = openRetryMemory(
			mode === 'tool' ? undefined : retryContextOf(this),
			THIS_PROCESS,
		);
		let stoppedAt: number | undefined;
		const run = openRun(this, options, {
			memory,
			onEnded: (ended, itemIndex) => {
				if (mode !== 'stop' || !stopsWorkflow(ended)) return;
				stoppedAt ??= itemIndex;
				run.scheduler.halt();
			},
		});
		const contactRun = {
			...{ options, optionsProblem, mode, contacts: new Map() },
			parametersOf: parameterReader(this),
		};
		const contacted = items.map(newItem);
		await forEachItem(run, contacted, async (item, record) => {
			const ended = await contactItem(this, item, contactRun, record);
			tellProgress(ended);
			return ended;
		});

		let outputs: INodeExecutionData[][] | undefined;
		try {
			// A throw would turn a cancelled execution into a failed one; n8n goes no further with what is returned.
			if (stoppedAt !== undefined && !isCancelled(this)) {
				throw stopError(this.getNode(), contacted, stoppedAt);
			}
			outputs = leave(this, items, contacted, { mode, options });
			return outputs;
		} finally {
			// A later run must know what was sent, whatever made this one fail.
			if (outputs === undefined || mayRunAgain(this.getNode(), outputs)) memory.keep();
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
	const reports = contacted.map((item) => makeReport(item, options));
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

/** What On Error = Stop Workflow stops for. What is only left over from an earlier run stops nothing by itself. */
function stopsWorkflow(ended: Ended): boolean {
	const isOld = ended.kind === 'notTried' || ended.fromEarlierTry === true;
	return !isOld && isErrorOutcome(outcomeOf(ended));
}
