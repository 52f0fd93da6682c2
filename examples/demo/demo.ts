import { createCredential, createWorkflow, runManually, testCredential } from '../../test/n8n/api';
import { buildPackage } from '../../test/n8n/buildPackage';
import { ensureHost, N8N_VERSION } from '../../test/n8n/host';
import { startN8n, type Instance } from '../../test/n8n/instance';
import type { Sandbox } from '../../test/n8n/sandbox';
import { withSandbox } from '../../test/n8n/withSandbox';
import { CREDENTIAL_NAME, dealsOf, exampleWorkflow, NODES, rowsOf } from './exampleWorkflow';
import { tableOf } from './table';
import { openTarget, type Target } from './target';
import { conclusionOf, faultsOf } from './verdict';

const DEFAULT_WIDTH = 110;
const options = process.argv.slice(2);
const keepOpen = options.includes('--open');

/** Runs the example in a real n8n and tells what happened. @returns whether all was as it should be */
async function demo(sandbox: Sandbox, target: Target): Promise<boolean> {
	await step(`1. n8n ${N8N_VERSION}`, () => ensureHost(sandbox, tell));
	await step('2. Build this package', () => buildPackage(sandbox));
	console.log(`3. Desk: ${target.name}`);
	const n8n = await step(
		'4. Start n8n in a throwaway folder, with this package in its folder of community packages',
		() => startN8n(sandbox),
	);
	const workflowId = await step('5. Import a credential and examples/crm-deal-stage.json', () =>
		importExample(n8n, target),
	);
	const execution = await step('6. Run the workflow', () =>
		runManually(n8n.rest, workflowId, NODES.trigger),
	);
	if (execution.error) throw new Error(`The workflow stopped: ${execution.error.message}`);

	const rows = rowsOf(execution);
	console.log(`\n${tableOf(rows, process.stdout.columns ?? DEFAULT_WIDTH)}\n`);
	const faults = faultsOf(dealsOf(execution), rows, target);
	console.log(
		faults.length === 0 ? conclusionOf(rows, target) : `Not as it should be. ${faults.join(' ')}`,
	);
	if (keepOpen) await untilInterrupted(n8n, workflowId, target);
	else
		console.log(
			'\nSee it in the editor: npm run demo -- --open. Use it in your own n8n: README.md, Install.',
		);
	return faults.length === 0;
}

async function importExample(n8n: Instance, target: Target): Promise<string> {
	const credential = { name: CREDENTIAL_NAME, type: 'tencentDeskApi', data: target.credential };
	const test = await testCredential(n8n.rest, credential);
	if (test.status !== 'OK') throw new Error(`The credential does not work: ${test.message}`);
	tell(`n8n's test of the credential says: ${test.message}`);
	const credentialId = await createCredential(n8n.rest, credential);
	return await createWorkflow(n8n.rest, exampleWorkflow(target, credentialId));
}

/** Keeps n8n and Desk running. Whoever runs the example in the editor sees what the table shows. */
async function untilInterrupted(
	{ url, owner }: Instance,
	workflowId: string,
	{ forget, toType }: Target,
): Promise<void> {
	forget?.();
	console.log(`\nThe editor is open: ${url}/workflow/${workflowId}`);
	console.log(`  Email     ${owner.email}`);
	console.log(`  Password  ${owner.password}`);
	console.log(
		forget
			? 'The simulator has forgotten the contacts above, so you can run the example yourself.'
			: 'The users above were really contacted; a run in the editor contacts them again.',
	);
	if (toType) {
		console.log('A credential of your own for the simulator, in this n8n or in another:');
		for (const line of toType) tell(line);
	}
	console.log('Ctrl-C stops this n8n and deletes what was built in it; the installed n8n stays.');
	await new Promise(() => {});
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	console.log(title);
	const startedAt = Date.now();
	const result = await work();
	tell(`${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
	return result;
}

function tell(line: string): void {
	console.log(`   ${line}`);
}

async function main(): Promise<void> {
	if (options.some((option) => option !== '--open')) {
		throw new Error(
			'The demo has one option, which keeps the editor running: npm run demo -- --open',
		);
	}
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
