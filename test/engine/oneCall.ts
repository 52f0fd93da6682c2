import type { IExecuteFunctions } from 'n8n-workflow';

import { readDeskAccount } from '../../credentials/deskAccount';
import { callDesk, type DeskCommand } from '../../nodes/shared/desk/callDesk';
import type { DeskReply } from '../../nodes/shared/desk/reply';
import { stageOf, start } from './execution';
import { connectTo, createWorkflow, emits, node, stubNodeType } from './testWorkflow';

export interface OneCall {
	baseUrl: string;
	timeoutMs: number;
	/** How often the same is asked for, all at the same time; once unless told. */
	times?: number;
	command?: DeskCommand;
}

/** What `callDesk` makes of requests to `baseUrl` inside an execution of n8n's own engine. */
export async function callsOnEngine(call: OneCall): Promise<DeskReply[]> {
	const data = {
		dataCenter: 'custom',
		baseUrl: call.baseUrl,
		sdkAppId: '1400000000',
		adminUserId: 'administrator',
		secretKey: 'key-of-the-test',
	};
	const reading = readDeskAccount(data);
	if (!reading.ok) throw new Error(reading.problem.message);
	const credential = { account: reading.account, data };
	const { timeoutMs, times = 1, command = 'contact_user' } = call;
	let replies: DeskReply[] = [];
	const caller = stubNodeType('caller', async function (this: IExecuteFunctions) {
		const body = { ClientUserID: 'mia' };
		const one = async () => await callDesk(this, { command, body, credential, timeoutMs });
		replies = await Promise.all(Array.from({ length: times }, one));
		return [[]];
	});
	caller.description.credentials = [{ name: 'tencentDeskApi' }];

	const credentials = { tencentDeskApi: { id: '1', name: 'Desk' } };
	const nodes = [node('Start', 'test.start'), node('Caller', 'test.caller', { credentials })];
	const made = createWorkflow(
		nodes,
		{ Start: { main: [[connectTo('Caller')]] } },
		{ 'test.start': emits({}), 'test.caller': caller },
	);
	const run = await start(stageOf(made, { credential: data }));
	if (run.data.resultData.error) throw run.data.resultData.error;
	return replies;
}

/** The same for a single request. */
export async function callOnEngine(call: OneCall): Promise<DeskReply> {
	const [reply] = await callsOnEngine(call);
	return reply;
}
