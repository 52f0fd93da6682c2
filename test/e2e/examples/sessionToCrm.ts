import { strict as assert } from 'node:assert';

import { readExample } from '../../n8n/examples';
import type { Case, Lab } from '../lab';
import { leaving, moveSession, runExample } from './exampleFile';

const FILE = 'session-to-crm.json';
const TRIGGER = 'When a Session Has Ended';
const SAID = { move: 'say', role: 'user', text: 'Where is\nmy parcel?' } as const;

type Moves = Array<Parameters<Lab['simulator']['move']>[1]>;

interface Sample {
	moves: Moves;
	/** The answer of Desk to the question for the messages; 0 is none. */
	refused?: number;
	rating: number | null;
	transcript: RegExp;
	note: RegExp;
}

/** What happened in the session, and what the CRM gets of it. */
const SESSIONS: Record<string, Sample> = {
	'a rated session brings rating and transcript': {
		moves: [SAID, { move: 'end', by: 'agent' }, { move: 'rate', rating: 5 }],
		rating: 5,
		transcript: /user: Where is\nmy parcel\?/,
		note: /^$/,
	},
	'a session without a rating leaves it empty, never 0': {
		moves: [SAID, { move: 'end', by: 'timeOut' }],
		rating: null,
		transcript: /my parcel/,
		note: /^$/,
	},
	'messages that cannot be read do not keep the rating back': {
		moves: [SAID, { move: 'end', by: 'agent' }, { move: 'rate', rating: 1 }],
		refused: 141004,
		rating: 1,
		transcript: /^$/,
		note: /^The transcript could not be read\. Desk found a parameter/,
	},
};

export const sessionToCrm: Case[] = Object.entries(SESSIONS).map(([what, sample]) => ({
	name: `example ${FILE}: ${what}`,
	run: async (lab) => {
		moveSession(lab, 'noa', { move: 'begin' }, { move: 'answer' }, ...sample.moves);
		if (sample.refused !== undefined) {
			lab.simulator.planCommand('describe_chat_messages', { answer: sample.refused });
		}
		const execution = await runExample(lab, readExample(FILE), TRIGGER);
		assert.equal(execution.status, 'success', execution.error?.message);
		const updates = leaving(execution, 'Update Customer in CRM');
		assert.equal(updates.length, 1, 'a manual run shows the newest session');
		const [{ userId, rating, minutes, transcript, note }] = updates;
		assert.deepEqual([userId, rating], ['noa', sample.rating]);
		assert.equal(typeof minutes, 'number');
		assert.match(String(transcript), sample.transcript);
		assert.match(String(note), sample.note);
	},
}));
