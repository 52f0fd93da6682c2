import type { IDataObject } from 'n8n-workflow';

import {
	commandsSent,
	hideSession,
	ON_ERROR_MODES,
	parameters,
	reportsOf,
	runBefore,
	useSimulator,
	users,
	usersOf,
	type OnError,
} from '../desk';
import { runContactUser } from '../harness';
import { runAgentWithTool, type AgentKind } from '../toolHarness';

const simulator = useSimulator();
const CODES: Record<string, number> = {
	ok: 0,
	busy: 141012,
	wrong: 141019,
	engaged: 141016,
	broken: 141002,
};
const OUTCOMES = [
	['ok', 'contacted'],
	['busy', 'agentUnavailable'],
	['wrong', 'configurationError'],
	['engaged', 'userUnavailable'],
	['broken', 'failed'],
	['', 'configurationError'],
];
const USER_IDS = OUTCOMES.map(([userId]) => userId);

function planAnswers(): void {
	for (const [userId, answer] of Object.entries(CODES)) simulator().plan(userId, { answer });
}

async function askAgent(kind: AgentKind, onError?: OnError) {
	return await runAgentWithTool(kind, {
		calls: users(...USER_IDS),
		parameters: parameters({ userId: "={{ $fromAI('userId', 'who to contact', 'string') }}" }),
		node: { onError },
		credential: simulator().credential,
	});
}

const readObservation = (observation: string) => (JSON.parse(observation) as IDataObject[])[0];

const KINDS: AgentKind[] = ['callsTheTool', 'asksTheEngine'];

describe('an AI agent that', () => {
	const runOf = runBefore(KINDS, async (kind) => {
		simulator().plan(kind, { fault: 'reset', commit: true });
		hideSession(simulator(), kind);
		return await runAgentWithTool(kind, {
			calls: users(kind),
			parameters: parameters({ userId: "={{ $fromAI('userId', '', 'string') }}" }),
			credential: simulator().credential,
		});
	});

	test.each(KINDS)('%s is told when nobody knows whether the user was contacted', (kind) => {
		const { observations, thrown } = runOf(kind);

		expect(thrown).toEqual([]);
		expect(observations.map(readObservation)).toMatchObject([
			{ userId: kind, outcome: 'unconfirmed', advice: expect.stringMatching(/\S/) },
		]);
	});
});

describe.each(KINDS)('an AI agent that %s', (kind) => {
	test.each([undefined, 'stopWorkflow', 'continueRegularOutput'] as const)(
		'reads of every call what happened to the user, with On Error = %s',
		async (onError) => {
			planAnswers();

			const { run, observations, thrown } = await askAgent(kind, onError);

			expect(run.status).toBe('success');
			expect(thrown).toEqual([]);
			expect(observations.map(readObservation)).toMatchObject(
				OUTCOMES.map(([userId, outcome]) => ({
					userId,
					outcome,
					message: expect.stringMatching(/\S/),
				})),
			);
		},
	);

	it('is told of a wrong secret key too', async () => {
		const { observations, thrown } = await runAgentWithTool(kind, {
			calls: users('mia'),
			parameters: parameters({ userId: "={{ $fromAI('userId', '', 'string') }}" }),
			credential: { ...simulator().credential, secretKey: 'wrong' },
		});

		expect(thrown).toEqual([]);
		expect(observations.map(readObservation)).toMatchObject([
			{ outcome: 'configurationError', errorCode: 70009 },
		]);
	});

	it('contacts a user again when it is told to, since nothing is remembered between calls', async () => {
		simulator().plan('mia', { answer: 141002 });

		const { observations } = await runAgentWithTool(kind, {
			calls: users('mia', 'mia'),
			parameters: parameters({ userId: "={{ $fromAI('userId', '', 'string') }}" }),
			credential: simulator().credential,
		});

		expect(observations.map((text) => readObservation(text).outcome)).toEqual([
			'failed',
			'contacted',
		]);
		expect(commandsSent(simulator(), 'contact_user')).toBe(2);
	});
});

describe.each([undefined, ...ON_ERROR_MODES.slice(0, 2)])(
	'the tool run on several items, with On Error = %s',
	(onError) => {
		it('gives every report on output 0 in the order of the items, and throws nothing', async () => {
			planAnswers();

			const { run, outputs, thrown } = await runContactUser({
				items: users(...USER_IDS),
				parameters: parameters(),
				node: { type: 'n8n-nodes-tencent-desk.contactUserTool', onError },
				credential: simulator().credential,
			});

			expect(run.status).toBe('success');
			expect(thrown).toEqual([]);
			expect(usersOf(outputs[0])).toEqual(USER_IDS);
			expect(reportsOf(outputs[0]).map(({ outcome }) => outcome)).toEqual(
				OUTCOMES.map(([, outcome]) => outcome),
			);
			expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
				USER_IDS.map((_userId, item) => ({ item })),
			);
			expect(outputs.slice(1).flat()).toEqual([]);
		});
	},
);
