import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
	CONFIGURATION_ERROR,
	ON_ERROR_MODES,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { runContactUser } from '../harness';

const simulator = useSimulator();
const UNUSABLE: Array<{ field: string; what: string; change: ICredentialDataDecryptedObject }> = [
	{ field: 'SDKAppID', what: 'with letters', change: { sdkAppId: '14000abc' } },
	{ field: 'SDKAppID', what: 'empty', change: { sdkAppId: '' } },
	{ field: 'SDKAppID', what: 'negative', change: { sdkAppId: '-1400000000' } },
	{ field: 'Administrator UserID', what: 'blank', change: { adminUserId: '  ' } },
	{ field: 'Secret Key', what: 'empty', change: { secretKey: '' } },
	{ field: 'Secret Key', what: 'blank', change: { secretKey: ' \n' } },
	{ field: 'Base URL', what: 'empty', change: { baseUrl: '' } },
	{ field: 'Base URL', what: 'no URL', change: { baseUrl: 'desk' } },
	{
		field: 'Base URL',
		what: 'plain http to another machine',
		change: { baseUrl: 'http://desk.example.com' },
	},
	{ field: 'Base URL', what: 'of another scheme', change: { baseUrl: 'ftp://127.0.0.1' } },
	{
		field: 'Base URL',
		what: 'with a path',
		change: { baseUrl: 'https://desk.example.com/v4' },
	},
	{
		field: 'Base URL',
		what: 'with a query',
		change: { baseUrl: 'https://desk.example.com/?a=b' },
	},
	{ field: 'Data Center', what: 'unknown', change: { dataCenter: 'atlantis' } },
];

describe.each(UNUSABLE)('a credential whose $field is $what', ({ field, change }) => {
	test.each(ON_ERROR_MODES)(
		'sends nothing and every item says so on Configuration Error, with On Error = %s',
		async (onError) => {
			const { run, outputs, hints } = await runContactUser({
				items: users('ann', 'ben', 'cleo'),
				parameters: parameters(),
				node: { onError },
				credential: { ...simulator().credential, ...change },
			});

			expect(run.status).toBe('success');
			expect(usersOf(outputs[CONFIGURATION_ERROR])).toEqual(['ann', 'ben', 'cleo']);
			for (const report of reportsOf(outputs[CONFIGURATION_ERROR])) {
				expect(report).toMatchObject({
					outcome: 'configurationError',
					message: expect.stringContaining(field),
					advice: expect.stringMatching(/\S/),
					errorCode: null,
					attempts: 0,
				});
			}
			expect(hints).toHaveLength(1);
			expect(simulator().requests).toEqual([]);
		},
	);
});

test.each(ON_ERROR_MODES)(
	'a node without a credential contacts nobody and says so on Configuration Error, with On Error = %s',
	async (onError) => {
		const { run, outputs } = await runContactUser({
			items: users('ann', 'ben'),
			parameters: parameters(),
			node: { onError },
			credential: null,
		});

		expect(run.status).toBe('success');
		expect(reportsOf(outputs[CONFIGURATION_ERROR])).toMatchObject(
			['ann', 'ben'].map((userId) => ({
				userId,
				message: expect.stringMatching(/credential/i),
				errorCode: null,
				attempts: 0,
			})),
		);
		expect(outputs.flat()).toHaveLength(2);
	},
);
