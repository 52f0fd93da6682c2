import type { IDataObject } from 'n8n-workflow';

import { parameters, reportsOf, useSimulator, users } from '../desk';
import { runContactUser } from '../harness';
import {
	CONTACTED_ANSWER,
	sayJson,
	withServer,
	type Answer,
	type StubRequest,
} from '../stubServer';

const simulator = useSimulator();

const ECHOES: Array<{ what: string; echo: (request: StubRequest) => string }> = [
	{
		what: 'the percent-encoded signature',
		echo: ({ userSig }) => userSig.replaceAll('*', '%2A'),
	},
	{ what: 'the signed URL', echo: ({ url }) => `POST ${url}` },
	{ what: 'an endless text', echo: () => 'x'.repeat(2_000_000) },
];

/** Says `echo` in every text of every answer: ann is contacted, ben refused. */
const echoing =
	(echo: (request: StubRequest) => string): Answer =>
	(request, response) => {
		const text = echo(request);
		const refused = { ActionStatus: 'FAIL', ErrorCode: 141012, ErrorInfo: text };
		const session = { SessionId: text, CurrentState: text, AgentId: text };
		const done = { ...CONTACTED_ANSWER, ErrorInfo: text, MemberId: text, ...session };
		sayJson(request.userId === 'ben' ? refused : done)(request, response);
	};

function textsOf({ assignedAgent, errorInfo, session }: IDataObject): string[] {
	const texts = [assignedAgent, errorInfo, ...Object.values((session ?? {}) as IDataObject)];
	return texts.filter((text) => typeof text === 'string');
}

test.each(ECHOES)(
	'a server that echoes $what puts no signature and no page into items',
	async ({ echo }) => {
		await withServer(echoing(echo), async (baseUrl) => {
			const { run, outputs, userSigs } = await runContactUser({
				items: users('ann', 'ben'),
				parameters: parameters({}, { includeSession: true }),
				credential: { ...simulator().credential, baseUrl },
			});

			const stored = JSON.stringify(run);
			expect(userSigs).toHaveLength(1);
			// No matcher with the text itself: a failing test must not print the signature either.
			for (const sig of [userSigs[0], userSigs[0].replaceAll('*', '%2A')]) {
				expect(stored.includes(sig)).toBe(false);
				expect(stored.includes(sig.slice(0, 60))).toBe(false);
			}
			const [ann, ben] = reportsOf(outputs.flat());
			expect([ann.outcome, ben.outcome]).toEqual(['contacted', 'agentUnavailable']);
			// What was echoed arrived: agent and three fields of the session, the text of the refusal.
			expect([textsOf(ann).filter(Boolean).length, textsOf(ben).filter(Boolean).length]).toEqual([
				4, 1,
			]);
			for (const text of [...textsOf(ann), ...textsOf(ben)]) {
				expect(text.length).toBeLessThanOrEqual(500);
			}
			expect(stored.length).toBeLessThan(50_000);
		});
	},
);
