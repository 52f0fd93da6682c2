import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CLOCK } from '../shared/delivery/process';
import { CREDENTIAL_TYPE } from '../shared/desk/callDesk';
import {
	orAny,
	searchAgentGroups,
	searchAgents,
	searchCustomerServiceAccounts,
	ANY_AGENT,
	ANY_GROUP,
} from '../shared/n8n/locators';
import { canPairInput } from '../shared/n8n/output';
import { outputModeOf, type OutputMode, runItems } from '../shared/n8n/runItems';
import { readParameter } from '../shared/n8n/parameters';
import { parameterReader } from './contact';
import { contactItem, newItem } from './contactItem';
import {
	BUILDER_HINT,
	OUTPUTS,
	CONTACT_USER_PROPERTIES,
	CONTACT_USER_SUBTITLE,
} from './description';
import { runHints, watchProgress } from './hints';
import { readRunOptions, type RunOptions } from './options';
import { hasSingleOutput, stopErrorOfContacts, toOutputs } from './outputs';
import { followsOnError, makeReport, type ContactedItem } from './report';

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
		subtitle: CONTACT_USER_SUBTITLE,
		description:
			'Let a live agent of Tencent Cloud Desk contact a user, and branch by what happened',
		defaults: { name: 'Contact User' },
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		usableAsTool: true,
		builderHint: BUILDER_HINT,
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: CONTACT_USER_PROPERTIES,
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
		const contactRun = {
			...{ options, optionsProblem, mode, contacts: new Map() },
			parametersOf: parameterReader(this),
			simulatedOutcomeOf: (itemIndex: number) =>
				readParameter(this, 'options.simulatedOutcome', itemIndex),
			checks: new Map(),
		};
		const contacted = items.map(newItem);
		return await runItems(this, {
			mode,
			settings: options,
			records: contacted,
			work: async (item, record) => {
				const ended = await contactItem(this, item, contactRun, record);
				tellProgress(ended);
				return ended;
			},
			isError: (ended) => followsOnError(ended, options),
			stopError: (itemIndex) => stopErrorOfContacts(this.getNode(), contacted, itemIndex),
			outputs: () => leave(this, items, contacted, { mode, options }),
		});
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
	const followOnError = contacted.map(({ ended }) => followsOnError(ended, options));
	const node = context.getNode();
	const singleOutput = hasSingleOutput(node);
	const alwaysOutputData = node.alwaysOutputData === true;
	const outputs = toOutputs(items, reports, {
		...{ mode, followOnError },
		includeInputFields: options.includeInputFields,
		singleOutput,
		canPair: canPairInput(context),
	});
	const isFirstEmpty = outputs[0]?.every(({ json }) => json.error !== undefined) ?? true;
	const hints = runHints(reports, { mode, singleOutput, alwaysOutputData, isFirstEmpty });
	// Older versions of n8n have no hints, and a throw here would undo a run that is done.
	context.addExecutionHints?.(...hints);
	return outputs;
}
