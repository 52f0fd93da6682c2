import { strict as assert } from 'node:assert';

import type { Execution } from '../../n8n/api';
import { eventually } from '../../n8n/waiting';
import { parametersOf, type Workflow } from '../../n8n/workflow';
import type { Case, Lab } from '../lab';
import { withServer } from '../localServer';
import {
	changeSettings,
	contactedUsers,
	fieldsOf,
	leaving,
	readExample,
	runExample,
	triesOf,
} from './exampleFile';

const FILE = 'retry-then-message.json';
const ENDS = ['Contacted', 'To Be Corrected', 'Not Contacted', 'Message Left', 'Message Not Left'];

/** Where the users of the sample end, with the number of times each was tried. */
const SAMPLE = {
	Contacted: { 'maria-lopez': 1, 'answer-141012-once.tom': 2 },
	'To Be Corrected': { 'unknown-visitor': 1 },
	'Not Contacted': { 'in-conversation': 1, 'fault-http403.sam': 1 },
	'Message Left': { 'priya-nair': 3, 'answer-141012.chen': 3 },
	'Message Not Left': {},
};

export const retryThenMessage: Case[] = [
	{
		name: `example ${FILE}: only who found no agent goes round, three times at most, and then gets one message`,
		run: async (lab) => {
			const workflow = quickExample(lab);
			const execution = await runExample(lab, workflow);
			assert.deepEqual(endsOf(execution), SAMPLE);
			assert.deepEqual(triesOf(lab), Object.assign({}, ...Object.values(SAMPLE)));
			assert.deepEqual(contactedUsers(lab), ['answer-141012-once.tom', 'maria-lopez']);

			const text = fieldsOf(workflow, 'Settings').find(({ name }) => name === 'messageText')?.value;
			const left = lab.simulator.messages.map((message) => [message.userId, message.text]);
			assert.deepEqual(left.sort(), [
				['answer-141012.chen', text],
				['priya-nair', text],
			]);
		},
	},
	{
		// A wait of 65 seconds or more stores the execution, with all that has not run yet (n8n-core's
		// `putExecutionToWait`), and n8n runs the branches of a node from top to bottom.
		name: `example ${FILE}: the wait stands lowest, so that everybody else ends before a long one`,
		run: async () => {
			const { nodes, connections } = readExample(FILE);
			const heightOf = (name: string) =>
				nodes.find((node) => node.name === name)?.position[1] ?? NaN;
			for (const [from, lowest] of [
				['Contact User', 'Count the Try'],
				['All Tries Used?', 'Wait Before the Next Try'],
			]) {
				const next = connections[from].main.flat().map(({ node }) => node);
				const others = next.filter((name) => name !== lowest);
				assert.ok(others.length > 0 && next.length > others.length);
				for (const other of others) assert.ok(heightOf(other) < heightOf(lowest), other);
			}
		},
	},
	{
		name: `example ${FILE}: an agent who comes back between two tries contacts the user, who gets no message`,
		run: async (lab) => {
			const running = runExample(lab, quickExample(lab, { waitSeconds: 2 }));
			await eventually('the first try', 20_000, async () => triesOf(lab)['priya-nair']);
			const dana = lab.simulator.world.agents.find(({ mail }) => mail === 'dana@example.com');
			assert.ok(dana);
			dana.status = 'free';

			assert.deepEqual(endsOf(await running), {
				...SAMPLE,
				Contacted: { ...SAMPLE.Contacted, 'priya-nair': 2 },
				'Message Left': { 'answer-141012.chen': 3 },
			});
			assert.deepEqual(
				lab.simulator.messages.map(({ userId }) => userId),
				['answer-141012.chen'],
			);
		},
	},
	{
		name: `example ${FILE}: the number of tries is set in one place, and each run leaves its own message`,
		run: async (lab) => {
			const workflow = quickExample(lab);
			changeSettings(workflow, { maxTries: 1 });
			await runExample(lab, workflow);
			assert.deepEqual(new Set(Object.values(triesOf(lab))), new Set([1]));
			await runExample(lab, workflow);
			const toChen = lab.simulator.messages.filter(({ userId }) => userId === 'answer-141012.chen');
			assert.equal(toChen.length, 2);
		},
	},
	{
		name: `example ${FILE}: a message that Desk refuses is not taken for left`,
		run: async (lab) => {
			lab.simulator.world.users = ['maria-lopez', 'answer-141012-once.tom', 'priya-nair'];
			const execution = await runExample(lab, quickExample(lab));
			const [refused] = leaving(execution, 'Message Not Left');
			assert.equal(refused.userId, 'answer-141012.chen');
			assert.match(String(refused.note), /To_Account does not exist/);
			assert.deepEqual(endsOf(execution)['Message Left'], { 'priya-nair': 3 });
			assert.deepEqual(
				lab.simulator.messages.map(({ userId }) => userId),
				['priya-nair'],
			);
		},
	},
	{
		name: `example ${FILE}: with the host of another data center, no message is left and the note says why`,
		run: async (lab) => {
			const seen: string[] = [];
			await withServer(
				(request, response) => {
					seen.push(request.url ?? '');
					response.end('{"ErrorCode":0}');
				},
				async (deskUrl) => {
					const workflow = quickExample(lab);
					changeSettings(workflow, { deskUrl });
					const execution = await runExample(lab, workflow);
					assert.deepEqual(endsOf(execution)['Message Not Left'], SAMPLE['Message Left']);
					const notes = leaving(execution, 'Message Not Left').map(({ note }) => note);
					for (const note of notes) assert.match(String(note), /signs requests to .* only/);
				},
			);
			assert.deepEqual(seen, []);
		},
	},
];

/** The example with a short wait, and the simulator as its data center. */
function quickExample({ simulator }: Lab, { waitSeconds = 0.2 } = {}): Workflow {
	const workflow = readExample(FILE);
	Object.assign(parametersOf(workflow, 'Wait Before the Next Try'), {
		amount: waitSeconds,
		unit: 'seconds',
	});
	changeSettings(workflow, { deskUrl: simulator.url });
	return workflow;
}

/** By end node: who arrived there, after how many tries. Nobody arrives twice. */
function endsOf(execution: Execution): Record<string, Record<string, number>> {
	assert.equal(execution.status, 'success', execution.error?.message);
	const arrived = ENDS.flatMap((end) => leaving(execution, end).map(({ userId }) => userId));
	assert.equal(new Set(arrived).size, arrived.length, 'each user ends once');
	return Object.fromEntries(
		ENDS.map((end) => [
			end,
			Object.fromEntries(leaving(execution, end).map(({ userId, tries }) => [userId, tries])),
		]),
	);
}
