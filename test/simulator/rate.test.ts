import { codeOf, contact, sessionOf, useSimulator } from './client';

/** The middle of a second, so that a test alone decides when the next window opens. */
const START = Math.floor(Date.now() / 1000) * 1000 + 500;

let nowMs = START;
const simulator = useSimulator({ requestsPerSecond: 3, now: () => nowMs });

beforeEach(() => {
	nowMs = START;
});

test('requests of all commands beyond the limit of a second are refused, and contact nobody', async () => {
	const codes = [await codeOf(simulator(), sessionOf('mia'))];
	for (const user of ['a', 'b', 'c', 'd']) codes.push(await codeOf(simulator(), contact(user)));
	expect(codes).toEqual([0, 0, 0, 60007, 60007]);
	expect(simulator().ledger).toHaveLength(2);

	nowMs += 499;
	expect(await codeOf(simulator(), { command: 'get_im_agent_list' })).toBe(60007);
	nowMs += 1;
	expect(await codeOf(simulator(), contact('mia'))).toBe(0);
});

test('a request with a bad UserSig does not count, and a planned answer waits', async () => {
	simulator().plan('mia', { answer: 141012 });
	for (let index = 0; index < 4; index += 1) {
		await codeOf(simulator(), { ...contact('mia'), query: { usersig: 'bad' } });
	}
	for (let index = 0; index < 3; index += 1) await codeOf(simulator(), contact(`user-${index}`));
	expect(await codeOf(simulator(), contact('mia'))).toBe(60007);
	nowMs += 1000;
	expect(await codeOf(simulator(), contact('mia'))).toBe(141012);
});
