import type { IRunData, ITaskDataConnectionsSource } from 'n8n-workflow';

import { continueFrom, setUp, type ContactUserRun, type ContactUserSetup } from './harness';
import { executionWith } from './olderEngines';
import { CONTACT_USER } from './testWorkflow';

/**
 * Runs only Contact User and what is behind it, on items whose origin is as `source` and `runData` say,
 * to show what happens when n8n's records of the previous nodes are incomplete.
 */
export async function runContactUserAfter(
	setup: ContactUserSetup,
	origin: { source: ITaskDataConnectionsSource | null; runData: IRunData },
): Promise<ContactUserRun> {
	const stage = setUp(setup, 'trigger');
	const contactUser = stage.workflow.nodes[CONTACT_USER];
	const entry = {
		node: contactUser,
		data: { main: [setup.items.map((json) => ({ json }))] },
		source: origin.source,
	};
	const data = executionWith(origin.runData, [entry]);
	return await continueFrom(stage, 'trigger', data);
}
