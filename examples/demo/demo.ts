import { createCredential, createWorkflow, runManually, testCredential } from '../../test/n8n/api';
import { buildPackage } from '../../test/n8n/buildPackage';
import { ensureHost, N8N_VERSION } from '../../test/n8n/host';
import { startN8n, type Instance } from '../../test/n8n/instance';
import type { Sandbox } from '../../test/n8n/sandbox';
import { withSandbox } from '../../test/n8n/withSandbox';
import { CREDENTIAL_NAME, dealsOf, exampleWorkflow, NODES, rowsOf } from './exampleWorkflow';
import { countsOf, tableOf } from './table';
import { openTarget, type Target } from './target';
import { faultsOf } from './verdict';

const keepOpen = process.argv.includes('--open');
const DEFAULT_WIDTH = 110;
const startedAt = Date.now();
const say = (line: string) => console.log(line);

/** Runs the example in a real n8n and tells what happened. @returns whether all was as it should be */
async function demo(sandbox: Sandbox, target: Target): Promise<boolean> {
	say(`1. n8n ${N8N_VERSION}`);
	await ensureHost(sandbox, (line) => say(`   ${line}`));
	say('2. Build this package');
	await buildPackage(sandbox);
	say(`3. Desk: ${target.name}`);
	say('4. Start n8n in a throwaway folder, with this package installed as a community package');
	const n8n = await startN8n(sandbox);
	say('5. Import a credential and examples/crm-deal-stage.json');
	const workflowId = await importExample(n8n, target);
	say('6. Run the workflow');
	const execution = await runManually(n8n.rest, workflowId, NODES.trigger);
	if (execution.error) throw new Error(`The workflow stopped: ${execution.error.message}`);

	const rows = rowsOf(execution);
	say(`\n${tableOf(rows, process.stdout.columns ?? DEFAULT_WIDTH)}\n`);
	const faults = faultsOf(dealsOf(execution), rows, target);
	const counts = `${rows.length} contacts left a real n8n by its outputs: ${countsOf(rows)}`;
	const judge = target.contactedUsers ? ', and the simulator was contacted for exactly the contacted ones' : '';
	say(faults.length === 0 ? `${counts}${judge}.` : `This run is not as it should be. ${faults.join(' ')}`);
	if (keepOpen) await untilInterrupted(n8n, workflowId);
	return faults.length === 0;
}

async function importExample(n8n: Instance, target: Target): Promise<string> {
	const credential = { name: CREDENTIAL_NAME, type: 'tencentDeskApi', data: target.credential };
	const test = await testCredential(n8n.rest, credential);
	say(`   The Test button of the credential says: ${test.message}`);
	await createCredential(n8n.rest, credential);
	return await createWorkflow(n8n.rest, await exampleWorkflow(target));
}

async function untilInterrupted({ url, owner }: Instance, workflowId: string): Promise<void> {
	say(`\nThe editor is open: ${url}/workflow/${workflowId}`);
	say(`Log in as ${owner.email} with the password ${owner.password}. Ctrl-C stops and removes everything.`);
	await new Promise(() => {});
}

async function main(): Promise<void> {
	const target = await openTarget(process.env);
	try {
		const good = await withSandbox((sandbox) => demo(sandbox, target));
		process.exitCode = good ? 0 : 1;
	} finally {
		await target.close();
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
