import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	type IRun,
	type IRunExecutionData,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../credentials/TencentDeskApi.credentials';
import { createAdditionalData } from '../engine/additionalData';
import { createContactUserType } from '../engine/contactUserType';
import { createCredentialsProbe } from '../engine/credentialsProbe';
import type { ContactUserSetup } from '../engine/harness';
import { connectTo, CONTACT_USER, createWorkflow, node, stubNodeType } from '../engine/testWorkflow';

/** n8n's Loop Over Items, one item at a time: `done`, then `loop`. */
function loopNodeType(items: ContactUserSetup['items']): INodeType {
	const type = stubNodeType('loop', async function () {
		const context = this.getContext('node');
		const turn = Number(context.turn ?? 0);
		context.turn = turn + 1;
		return turn < items.length ? [[], [{ json: items[turn], pairedItem: { item: 0 } }]] : [[{ json: {} }], []];
	});
	type.description.outputs = [NodeConnectionTypes.Main, NodeConnectionTypes.Main];
	return type;
}
