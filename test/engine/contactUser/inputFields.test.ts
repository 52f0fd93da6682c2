import type { IDataObject } from 'n8n-workflow';

import { contactWithOptions } from '../contactWithOptions';
import {
	AGENT_UNAVAILABLE,
	CONTACTED,
	ERROR,
	ON_ERROR_MODES,
	OTHER_OUTCOME,
	parameters,
	useSimulator,
	usersOf,
} from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

const contact = contactWithOptions(simulator);

describe('Include Input Fields', () => {
	const lead = {
		userId: 'mia',
		company: 'Example Ltd',
		tags: ['a', 'b'],
		outcome: 'from the CRM',
		message: 'from the CRM',
		error: 'an old failure',
	};

	it('keeps the fields of the input behind those of the report, which win', async () => {
		const { outputs } = await contact([lead], { includeInputFields: true });

		const [{ json }] = outputs[CONTACTED];
		expect(json).toMatchObject({ company: 'Example Ltd', tags: ['a', 'b'], outcome: 'contacted' });
		expect(json.message).not.toBe('from the CRM');
		expect(Object.keys(json).slice(0, 3)).toEqual(['userId', 'outcome', 'message']);
		expect(Object.keys(json).slice(-2)).toEqual(['company', 'tags']);
	});

	it('is on unless turned off, since a customer who comes back to the node must not be lost', async () => {
		const { outputs } = await contact([lead], {});
		expect(outputs[CONTACTED][0].json).toMatchObject({ company: 'Example Ltd' });

		const off = await contact([{ ...lead, userId: 'noa' }], { includeInputFields: false });
		expect(off.outputs[CONTACTED][0].json).not.toHaveProperty('company');
	});

	test.each([
		['continueErrorOutput', 0, CONTACTED],
		['continueErrorOutput', 141012, AGENT_UNAVAILABLE],
		['continueErrorOutput', 141016, OTHER_OUTCOME],
	] as const)(
		'never takes over an error key, which n8n would read as a failure (%s, code %i)',
		async (onError, answer, output) => {
			simulator().plan('mia', { answer });

			const { outputs } = await contact([lead], { includeInputFields: true }, onError);

			expect(outputs.map((items) => items.length)[output]).toBe(1);
			expect(outputs[output][0].json).not.toHaveProperty('error');
		},
	);

	it('gives an item on the Error output the fields of the input too', async () => {
		simulator().plan('mia', { answer: 141002 });

		const { outputs } = await contact([lead], { includeInputFields: true }, 'continueErrorOutput');

		const [{ json }] = outputs[ERROR];
		expect(json).toMatchObject({ company: 'Example Ltd', error: { outcome: 'failed' } });
	});
});

/** Some community nodes hand on items such as `{ binary }`, against n8n's own types. */
const NO_JSON = undefined as unknown as IDataObject;

test.each(ON_ERROR_MODES)(
	'an input item without json leaves with its report, once, with On Error = %s',
	async (onError) => {
		const { run, outputs, thrown } = await runContactUser({
			items: [NO_JSON, { deal: 7 }],
			parameters: parameters({ userId: '=user-{{ $itemIndex }}' }, { includeInputFields: true }),
			node: { onError, retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
			credential: simulator().credential,
		});

		expect(thrown).toEqual([]);
		expect(run.status).toBe('success');
		expect(usersOf(outputs[CONTACTED])).toEqual(['user-0', 'user-1']);
		expect(outputs[CONTACTED][1].json).toMatchObject({ deal: 7, outcome: 'contacted' });
		expect(outputs.flat()).toHaveLength(2);
		expect(simulator().requests).toHaveLength(2);
	},
);
