import type { IExecuteFunctions } from 'n8n-workflow';

import { callDeskAtPace, CLOCK, RATE_LIMITERS } from '../../../../nodes/shared/delivery/process';
import { createScheduler } from '../../../../nodes/shared/sending/scheduler';

interface HttpAnswer {
	statusCode: number;
	headers?: Record<string, string>;
	body?: object;
}

const TOO_MANY: HttpAnswer = { statusCode: 429, headers: { 'retry-after': '2' } };
const OK: HttpAnswer = { statusCode: 200, body: { ActionStatus: 'OK', ErrorCode: 0 } };

let apps = 1_400_000_000;
/** An application that nobody has asked before. */
const newApp = () => ({
	origin: 'https://desk.example',
	sdkAppId: ++apps,
	adminUserId: 'administrator',
	secretKey: 'x',
});
type App = ReturnType<typeof newApp>;

/** A look-up by another node than Contact User. */
async function lookUp(account: App, answer: HttpAnswer, takesMs = 0) {
	const context = {
		helpers: {
			async httpRequestWithAuthentication() {
				if (takesMs > 0) await CLOCK.sleep(takesMs);
				return { headers: {}, ...answer, body: JSON.stringify(answer.body ?? {}) };
			},
		},
	} as unknown as IExecuteFunctions;
	const credential = { account, data: {} };
	const call = { command: 'get_member_list' as const, body: {}, credential, timeoutMs: 10_000 };
	return await callDeskAtPace(context, call);
}

/** When the requests of a run of Contact User start, in milliseconds from now on. */
async function startsOf({ origin, sdkAppId }: App, count: number): Promise<number[]> {
	const from = CLOCK.now();
	const starts: number[] = [];
	const scheduler = createScheduler<never>(
		{ concurrency: 50, requestsPerSecond: 190 },
		{ clock: CLOCK, limiterOf: RATE_LIMITERS.of },
	);
	const to = { app: JSON.stringify([origin, sdkAppId]), signer: 'administrator' };
	const run = scheduler.forEach(count, async () => {
		await scheduler.request(
			to,
			async () => starts.push(CLOCK.now() - from),
			() => ({ isServed: true }),
		);
	});
	await jest.advanceTimersByTimeAsync(20_000);
	await run;
	return starts;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a rate-limit answer to another node holds back a run of Contact User for as long as Tencent asks', async () => {
	const app = newApp();
	await lookUp(app, TOO_MANY);
	const [first] = await startsOf(app, 1);
	expect(first).toBeGreaterThanOrEqual(2000);
	expect(first).toBeLessThan(2100);
});

test('so does a code of Desk that says it, for the time that is usual', async () => {
	const app = newApp();
	await lookUp(app, { statusCode: 200, body: { ActionStatus: 'FAIL', ErrorCode: 60011 } });
	const [first] = await startsOf(app, 1);
	expect(first).toBeGreaterThanOrEqual(250);
	expect(first).toBeLessThan(600);
});

test('afterwards the run goes at half its pace, also when ten were refused at once', async () => {
	const app = newApp();
	const refused = Array.from({ length: 10 }, async () => await lookUp(app, TOO_MANY, 500));
	await jest.advanceTimersByTimeAsync(1000);
	await Promise.all(refused);
	const [first = 0, ...others] = await startsOf(app, 50);
	const perSecond = 1000 / (((others.at(-1) ?? 0) - first) / others.length);
	expect(perSecond).toBeGreaterThan(80);
	expect(perSecond).toBeLessThan(110);
});

test.each<[string, HttpAnswer]>([
	['an answer', OK],
	['a refusal', { statusCode: 200, body: { ActionStatus: 'FAIL', ErrorCode: 141004 } }],
	['a limit that lifts in an hour', { statusCode: 429, headers: { 'retry-after': '3600' } }],
])('%s holds back nobody', async (_what, answer) => {
	const app = newApp();
	await lookUp(app, answer);
	const [first] = await startsOf(app, 1);
	expect(first).toBeLessThan(100);
});

test('the limit of one application is no matter to another', async () => {
	await lookUp(newApp(), TOO_MANY);
	const [first] = await startsOf(newApp(), 1);
	expect(first).toBeLessThan(100);
});

test('ten workers of another node that look up thousands leave a run of Contact User its half of the pace', async () => {
	const app = newApp();
	let isOver = false;
	const worker = async () => {
		while (!isOver) await lookUp(app, OK, 20);
	};
	const workers = Array.from({ length: 10 }, worker);
	await jest.advanceTimersByTimeAsync(1000);

	const starts = await startsOf(app, 500);
	isOver = true;
	await jest.advanceTimersByTimeAsync(1000);
	await Promise.all(workers);

	expect(starts).toHaveLength(500);
	expect(starts[0]).toBeLessThan(100);
	expect(starts[499]).toBeLessThan(6500);
});
