import type { IDataObject } from 'n8n-workflow';

import type { FaultName } from '../../../simulator/contract';
import { useContacts } from '../contacts';
import { CONTACTED, ERROR, hideSession, newSdkAppId, reportsOf, usersOf } from '../desk';
import { useStubDesk } from '../tencentDesk/stubDesk';

const { simulator, contact } = useContacts();
const stub = useStubDesk();
/** Of an application of its own, since the node remembers whose contact is in doubt. */
const stubCredential = () => ({ ...stub().credential, sdkAppId: String(newSdkAppId()) });

/** Answers that are no verdict of Desk. `failed`: surely not done; `unconfirmed`: nobody knows. */
const FAULTS: Array<[outcome: 'failed' | 'unconfirmed', faults: FaultName[]]> = [
	['unconfirmed', ['html', 'empty', 'codeMissing', 'statusMissing', 'contradiction']],
	['unconfirmed', ['duplicateKeys', 'hang', 'reset', 'halfBody', 'stalledBody']],
	['unconfirmed', ['http500', 'http502', 'http503', 'http504']],
	['failed', ['http302', 'http401', 'http403', 'http429']],
];
const ODD_BUT_VALID = ['gzip', 'wrongType', 'codeAsString', 'big'] as const;

test('a web page, an empty body, a redirect, a time-out ... is sent once, never followed, and never counted as contacted, be the contact made or not; an odd but valid answer is', async () => {
	const cases = FAULTS.flatMap(([outcome, faults]) =>
		faults.flatMap((fault) =>
			[true, false].map((commit) => ({ userId: `${fault}.${commit}`, fault, commit, outcome })),
		),
	);
	for (const { userId, fault, commit } of cases) simulator().plan(userId, { fault, commit });
	for (const fault of ODD_BUT_VALID) simulator().plan(fault, { fault });
	const userIds = cases.map(({ userId }) => userId);
	hideSession(simulator(), ...userIds);

	const { run, outputs } = await contact(['first', ...userIds, ...ODD_BUT_VALID], {
		options: { timeout: 1500 },
		onError: 'continueErrorOutput',
	});

	expect(run.status).toBe('success');
	expect(usersOf(outputs[CONTACTED])).toEqual(['first', ...ODD_BUT_VALID]);
	expect(reportsOf(outputs[ERROR])).toMatchObject(
		cases.map(({ userId, outcome }) => ({
			...{ userId, outcome, errorCode: null, attempts: 1 },
			message: expect.stringMatching(/\S/),
			advice: expect.stringMatching(/\S/),
		})),
	);
	const sent = simulator().requests.filter(({ command }) => command !== 'get_session_state');
	expect(sent.map(({ command }) => command)).toEqual(
		Array(1 + cases.length + ODD_BUT_VALID.length).fill('contact_user'),
	);
});

// Parsed by n8n, nobody would see that there were two.
test('an answer that says its code twice, once escaped, is believed by nobody', async () => {
	const twice = String.raw`{"ErrorCode":70009,"ActionStatus":"OK","\u0045rrorCode":0}`;
	stub().script = (_call, response) => void response.end(twice);

	const { outputs } = await contact(['mia'], {
		onError: 'continueErrorOutput',
		credential: stubCredential(),
	});

	expect(reportsOf(outputs[ERROR])).toMatchObject([{ outcome: 'unconfirmed', attempts: 1 }]);
});

const ECHOES: Array<[what: string, echo: (url: string) => string]> = [
	[
		'the percent-encoded signature',
		(url) => (/usersig=([^&]*)/.exec(url)?.[1] ?? '').replaceAll('*', '%2A'),
	],
	['the signed URL', (url) => `POST ${url}`],
	['an endless text', () => 'x'.repeat(2_000_000)],
];

function textsOf({ assignedAgent, errorInfo, session }: IDataObject): string[] {
	const texts = [assignedAgent, errorInfo, ...Object.values((session ?? {}) as IDataObject)];
	return texts.filter((text) => typeof text === 'string' && text !== '') as string[];
}

test.each(ECHOES)(
	'a server that echoes %s in every text of every answer puts no signature and no page into items',
	async (_what, echo) => {
		stub().script = ({ url, body }) => {
			const text = echo(url);
			if (body.ClientUserID === 'ben') {
				return { ActionStatus: 'FAIL', ErrorCode: 141012, ErrorInfo: text };
			}
			const session = { SessionId: text, CurrentState: text, AgentId: text };
			return { ErrorInfo: text, MemberId: text, ...session };
		};
		const { run, outputs, userSigs } = await contact(['ann', 'ben'], {
			options: { includeSession: true },
			credential: stubCredential(),
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
		expect([textsOf(ann).length, textsOf(ben).length]).toEqual([4, 1]);
		for (const text of [...textsOf(ann), ...textsOf(ben)]) {
			expect(text.length).toBeLessThanOrEqual(500);
		}
		expect(stored.length).toBeLessThan(50_000);
	},
);
