import { strict as assert } from 'node:assert';

import type { Execution } from '../../n8n/api';
import { readExample } from '../../n8n/examples';
import type { Case, Lab } from '../lab';
import { contactedUsers, leaving, moveSession, runExample, triesOf } from './exampleFile';

const FILE = 'is-anybody-free.json';
const TWO = ['anna@example.com', 'ben@example.com'];

export const isAnybodyFree: Case[] = [
	{
		name: `example ${FILE}: no more open customers than free agents are contacted, and each outcome is written`,
		run: async (lab) => {
			setFree(lab, [...TWO, 'dana@example.com', 'fay@example.com']);
			lab.simulator.plan('amira-haddad', { answer: 141012 });
			const execution = await runExample(lab, readExample(FILE));
			assert.deepEqual(outcomesOf(execution), {
				'maria-lopez': 'contacted',
				'amira-haddad': 'agentUnavailable',
				'unknown-visitor': 'configurationError',
			});
			assert.deepEqual(contactedUsers(lab), ['maria-lopez']);
			assert.ok(!('priya-nair' in triesOf(lab)), 'who was tried before comes behind the others');
		},
	},
	{
		name: `example ${FILE}: nobody is free, or only for users who wait already, so nobody is contacted and the run comes back later`,
		run: async (lab) => {
			const runClosed = async () => {
				const closed = await runExample(lab, readExample(FILE));
				assertNobody(lab, closed);
				assert.equal(leaving(closed, 'Come Back Later').length, 1);
				lab.simulator.reset();
			};
			setFree(lab, []);
			await runClosed();
			setFree(lab, TWO);
			moveSession(lab, 'noa', { move: 'begin' }, { move: 'queue', agentGroup: 1001 });
			await runClosed();

			setFree(lab, TWO);
			const later = await runExample(lab, readExample(FILE));
			assert.deepEqual(outcomesOf(later), { 'maria-lopez': 'contacted' });
		},
	},
	{
		name: `example ${FILE}: contacting is turned off for the application, so every customer is tried again later`,
		run: async (lab) => {
			setFree(lab, [...TWO, 'dana@example.com', 'fay@example.com']);
			lab.simulator.planCommand('contact_user', { answer: 141014 });
			const execution = await runExample(lab, readExample(FILE));
			assert.deepEqual(
				new Set(
					leaving(execution, 'Update Customer').map(({ outcome, tryAgain }) =>
						[outcome, tryAgain].join(),
					),
				),
				new Set(['configurationError,true']),
			);
			assert.deepEqual(contactedUsers(lab), []);
		},
	},
	{
		name: `example ${FILE}: Desk does not tell who is free, so nobody is contacted`,
		run: async (lab) => {
			const command = 'describe_reception_realtime_statistics';
			lab.simulator.planCommand(command, { answer: 0, fields: { Data: {} } });
			assertNobody(lab, await runExample(lab, readExample(FILE)));

			lab.simulator.reset();
			lab.simulator.planCommand(command, { answer: 141000 });
			const failed = await runExample(lab, readExample(FILE));
			assert.equal(failed.status, 'error');
			assertNobody(lab, failed);
		},
	},
];

/** Makes these agents free, and all others go home. One user waits in a queue from the start: in-queue. */
function setFree({ simulator }: Lab, mails: string[]): void {
	for (const agent of simulator.world.agents) {
		agent.status = mails.includes(agent.mail) ? 'free' : 'offline';
	}
}

function outcomesOf(execution: Execution): Record<string, unknown> {
	assert.equal(execution.status, 'success', execution.error?.message);
	const updates = leaving(execution, 'Update Customer');
	return Object.fromEntries(updates.map(({ userId, outcome }) => [userId, outcome]));
}

function assertNobody({ simulator }: Lab, execution: Execution): void {
	assert.deepEqual(leaving(execution, 'Update Customer'), []);
	const asked = simulator.requests.filter(({ command }) => command === 'contact_user');
	assert.deepEqual(asked, []);
}
