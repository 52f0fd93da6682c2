import type { IDataObject } from 'n8n-workflow';

import { CONTACTED, ON_ERROR_MODES, parameters, useSimulator, usersOf } from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();

/** Some community nodes hand on items such as `{ binary }`, against n8n's own types. */
const NO_JSON = undefined as unknown as IDataObject;

test.each(ON_ERROR_MODES)(
	'with Include Input Fields, an input item without json leaves with its report, once, with On Error = %s',
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
