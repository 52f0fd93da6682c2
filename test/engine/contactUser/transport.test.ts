import type { FaultName } from '../../../simulator/contract';
import {
	CONTACTED,
	ERROR,
	hideSession,
	newSdkAppId,
	parameters,
	reportsOf,
	useSimulator,
	users,
	usersOf,
} from '../desk';
import { runContactUser } from '../harness';
import { sayText, withServer } from '../stubServer';

const simulator = useSimulator();

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
	hideSession(simulator(), ...cases.map(({ userId }) => userId));

	const { run, outputs } = await runContactUser({
		items: users('first', ...cases.map(({ userId }) => userId), ...ODD_BUT_VALID),
		parameters: parameters({}, { timeout: 1500 }),
		node: { onError: 'continueErrorOutput' },
		credential: simulator().credential,
	});

	expect(run.status).toBe('success');
	expect(usersOf(outputs[CONTACTED])).toEqual(['first', ...ODD_BUT_VALID]);
	expect(reportsOf(outputs[ERROR])).toMatchObject(
		cases.map(({ userId, outcome }) => ({
			userId,
			outcome,
			errorCode: null,
			attempts: 1,
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
	await withServer(sayText(twice), async (baseUrl) => {
		const { outputs } = await runContactUser({
			items: users('mia'),
			parameters: parameters(),
			node: { onError: 'continueErrorOutput' },
			credential: { ...simulator().credential, baseUrl, sdkAppId: String(newSdkAppId()) },
		});

		expect(reportsOf(outputs[ERROR])).toMatchObject([{ outcome: 'unconfirmed', attempts: 1 }]);
	});
});
