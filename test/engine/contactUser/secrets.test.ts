import { inspect } from 'node:util';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Step } from '../../../simulator/contract';
import { parameters, runBefore, useSimulator, users } from '../desk';
import { runContactUser } from '../harness';
import { runAgentWithTool } from '../toolHarness';

const simulator = useSimulator();

const SITUATIONS: Array<{
	what: string;
	step?: Step;
	credential?: ICredentialDataDecryptedObject;
}> = [
	{ what: 'a contact' },
	{ what: 'a refusal', step: { answer: 141012 } },
	{
		what: 'a wrong secret key',
		credential: { sdkAppId: '1400000001', secretKey: 'a-secret-key-that-is-wrong' },
	},
	{ what: 'an internal error', step: { answer: 141002 } },
	{ what: 'a dropped connection', step: { fault: 'reset' } },
	{ what: 'a time-out', step: { fault: 'hang' } },
	{ what: 'half an answer', step: { fault: 'halfBody' } },
	{ what: 'a web page', step: { fault: 'html' } },
	{ what: 'HTTP 302', step: { fault: 'http302' } },
	{ what: 'HTTP 401', step: { fault: 'http401' } },
	{ what: 'HTTP 502', step: { fault: 'http502' } },
	{ what: 'HTTP 429', step: { fault: 'http429' } },
	{ what: 'a server nobody listens on', credential: { baseUrl: 'http://127.0.0.1:9' } },
	{ what: 'a server that does not exist', credential: { baseUrl: 'https://desk.invalid' } },
	{ what: 'a field of the credential that cannot be right', credential: { sdkAppId: 'abc' } },
];

/** Everything n8n stores or logs of a run, and everything a log of the thrown errors could show. */
function everythingSaid(run: unknown, thrown: unknown[]): string {
	return [
		JSON.stringify(run),
		inspect(run, { depth: 30, showHidden: true, maxStringLength: null, maxArrayLength: null }),
		...thrown.map((error) =>
			inspect(error, { depth: 30, showHidden: true, maxStringLength: null }),
		),
	].join('\n');
}

function expectNoSecret(text: string, secretKey: unknown, userSigs: string[]): void {
	for (const secret of [String(secretKey), ...userSigs, 'usersig=']) {
		// No matcher with the text itself: a failing test must not print the secret either.
		expect(text.includes(secret)).toBe(false);
		expect(text.includes(encodeURIComponent(secret))).toBe(false);
	}
}

/** Errors are thrown in the first; in the second, what failed is an item that n8n marks as an error. */
const MODES = ['stopWorkflow', 'continueErrorOutput'] as const;
const CASES = SITUATIONS.flatMap((situation) =>
	MODES.map((onError) => ({
		...situation,
		onError,
		userId: `mia.${situation.what}.${onError}`,
	})),
);

describe('neither the secret key nor a UserSig stands in items, errors, hints or stored data', () => {
	const runOf = runBefore(CASES, async ({ onError, step, credential, userId }) => {
		if (step) {
			simulator().plan(userId, step);
			simulator().planSession(userId, step, step);
		}
		return await runContactUser({
			items: users(userId, 'noa'),
			parameters: parameters({}, { timeout: 1000, includeSession: true }),
			node: { onError },
			credential: { ...simulator().credential, ...credential },
		});
	});

	test.each(CASES)('after $what ($onError)', (testCase) => {
		const { run, thrown, userSigs } = runOf(testCase);

		const text = everythingSaid(run, thrown);
		expect(text).toContain(testCase.userId);
		expect(userSigs).toHaveLength(testCase.credential?.sdkAppId === 'abc' ? 0 : 1);
		const { secretKey } = { ...simulator().credential, ...testCase.credential };
		expectNoSecret(text, secretKey, userSigs);
	});
});

test.each(['callsTheTool', 'asksTheEngine'] as const)(
	'an AI agent that %s never gets to read a secret',
	async (kind) => {
		simulator().plan('mia', { fault: 'reset' });
		simulator().planSession('mia', { fault: 'reset' });
		const { credential } = simulator();

		const { run, observations, userSigs } = await runAgentWithTool(kind, {
			calls: users('mia', 'noa'),
			parameters: parameters({ userId: "={{ $fromAI('userId', '', 'string') }}" }),
			credential,
		});

		expect(observations).toHaveLength(2);
		expect(userSigs).toHaveLength(1);
		expectNoSecret(everythingSaid(run, observations), credential.secretKey, userSigs);
	},
);
