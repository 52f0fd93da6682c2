import { play } from './scriptedDesk';

import fc from 'fast-check';

import type { DeskReply } from '../../../../nodes/shared/desk/reply';
import {
	alreadyWithAgent,
	answer,
	busy,
	done,
	internalProblem,
	noConnection,
	noSession,
	session,
	timeOut,
	tooMany,
	withAgent,
	wrongKey,
} from '../../replies';

/*
 * A user by itself, whose answers come in any order. A Desk that loses requests and works on, and several executions of
 * the whole node, are told in test/unit/contactUser/executions.
 */
const took = fc.oneof(fc.constant(20), fc.integer({ min: 0, max: 10_000 }));
const line = (...replies: DeskReply[]) => fc.tuple(fc.constantFrom(...replies), took);

describe('whatever Desk answers, in whatever order', () => {
	const contact = fc.oneof(
		{ weight: 3, arbitrary: line(timeOut, answer(60008), answer(70169)) },
		{ weight: 2, arbitrary: line(noConnection, internalProblem, tooMany(), answer(60018)) },
		{
			weight: 1,
			arbitrary: line(tooMany(2000), tooMany(0), { kind: 'httpError', httpStatus: 302 }),
		},
		{ weight: 1, arbitrary: line(done, busy, alreadyWithAgent, wrongKey, answer(141015)) },
	);
	const state = fc.oneof(
		{ weight: 4, arbitrary: line(noSession, session('Chatbot')) },
		{ weight: 1, arbitrary: line(withAgent, session('Queueing')) },
		{
			weight: 1,
			arbitrary: line(timeOut, noConnection, answer(141004), session('x'), tooMany(500)),
		},
	);
	const script = (one: fc.Arbitrary<[DeskReply, number]>, length: number) =>
		fc.array(one, { minLength: length, maxLength: length });

	const isUnsure = (reply: DeskReply) =>
		reply.kind === 'ambiguous' ||
		(reply.kind === 'answer' && [60008, 70169].includes(reply.errorCode));
	/** By the state of the session that a look got. */
	const shows = (reply: DeskReply) => {
		const state = reply.kind === 'answer' && reply.errorCode === 0 && reply.body.CurrentState;
		if (state === 'Agent' || state === 'Queueing') return 'contacted';
		return state === 'NotInSession' || state === 'Chatbot' ? 'notDone' : 'nothing';
	};
	const isDone = (reply: DeskReply) => reply.kind === 'answer' && reply.errorCode === 0;

	test('an unsure try is only sent again after "no session" to a question of 3.5 s later, retries are bounded, and the report is true', async () => {
		const outcomes = new Set<string>();
		await fc.assert(
			fc.asyncProperty(
				script(contact, 5),
				script(state, 80),
				fc.integer({ min: 0, max: 4 }),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				async (contacts, looks, maxRetries, random) => {
					const { result, sent } = await play({ contacts, looks }, { maxRetries, random });
					const tries = sent.filter(({ command }) => command === 'contact');
					const last = tries[tries.length - 1];
					const readsAfter = (endedAt: number, before = Infinity) =>
						sent.filter(
							({ command, startedAt }) =>
								command === 'session' && startedAt >= endedAt && startedAt < before,
						);

					expect(tries.length).toBeLessThanOrEqual(maxRetries + 1);
					expect(result.attempts).toBe(tries.length);
					tries.slice(0, -1).forEach((earlier, i) => {
						expect(isDone(earlier.reply)).toBe(false);
						if (!isUnsure(earlier.reply)) return;
						const reads = readsAfter(earlier.endedAt, tries[i + 1].startedAt);
						const lastRead = reads[reads.length - 1];
						expect(lastRead.startedAt).toBeGreaterThanOrEqual(earlier.endedAt + 3500 - 1e-3);
						expect(lastRead.startedAt).toBeLessThanOrEqual(earlier.endedAt + 60_000);
						expect(shows(lastRead.reply)).toBe('notDone');
						for (const { reply } of reads) expect(shows(reply)).not.toBe('contacted');
					});

					const finalReads = readsAfter(last.endedAt);
					const sessionShowsIt = finalReads.some(({ reply }) => shows(reply) === 'contacted');
					const explained =
						last.reply === alreadyWithAgent &&
						tries.some(({ reply }) => isUnsure(reply) || reply === internalProblem);
					expect(result.outcome === 'contacted').toBe(
						isDone(last.reply) || sessionShowsIt || explained,
					);
					if (isUnsure(last.reply) && !sessionShowsIt) {
						const asked = finalReads[finalReads.length - 1];
						const knownUndone =
							shows(asked.reply) === 'notDone' &&
							asked.startedAt >= last.endedAt + 3500 - 1e-3 &&
							asked.startedAt <= last.endedAt + 60_000;
						expect(result.outcome).toBe(knownUndone ? 'failed' : 'unconfirmed');
					}
					outcomes.add(result.outcome);
				},
			),
			{ numRuns: 300 },
		);
		expect([...outcomes].sort()).toEqual([
			'agentUnavailable',
			'configurationError',
			'contacted',
			'failed',
			'unconfirmed',
			'userUnavailable',
		]);
	});
});
