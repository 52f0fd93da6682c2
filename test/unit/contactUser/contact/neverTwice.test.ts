import fc from 'fast-check';

import { contactUser } from '../../../../nodes/ContactUser/contact/contact';
import { createRateLimiters } from '../../../../nodes/shared/sending/rateLimiter';
import { createScheduler } from '../../../../nodes/shared/sending/scheduler';
import type { ContactResult } from '../../../../nodes/ContactUser/contact/results';
import { readSession } from '../../../../nodes/ContactUser/contact/session';
import type { DeskReply } from '../../../../nodes/shared/api/reply';
import { createVirtualClock } from '../../virtualClock';
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
} from './replies';
import { contactWith } from './scriptedContact';

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
	const isDone = (reply: DeskReply) => reply.kind === 'answer' && reply.errorCode === 0;

	test('an unsure try is only sent again after "no session" to a question of 3.5 s later, retries are bounded, and the report is true', async () => {
		const outcomes = new Set<string>();
		await fc.assert(
			fc.asyncProperty(
				script(contact, 5),
				script(state, 80),
				fc.integer({ min: 0, max: 4 }),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				async (contacts, sessions, maxRetries, random) => {
					const { result, sent } = await contactWith({
						contacts,
						sessions,
						settings: { maxRetries },
						random,
					});
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
						expect(readSession(lastRead.reply).shows).toBe('notContacted');
						for (const { reply } of reads) expect(readSession(reply).shows).not.toBe('contacted');
					});

					const finalReads = readsAfter(last.endedAt);
					const sessionShowsIt = finalReads.some(
						({ reply }) => readSession(reply).shows === 'contacted',
					);
					const explained =
						last.reply === alreadyWithAgent && tries.some(({ reply }) => isUnsure(reply));
					expect(result.outcome === 'contacted').toBe(
						isDone(last.reply) || sessionShowsIt || explained,
					);
					if (isUnsure(last.reply) && !sessionShowsIt) {
						const asked = finalReads[finalReads.length - 1];
						const knownUndone =
							readSession(asked.reply).shows === 'notContacted' &&
							asked.startedAt >= last.endedAt + 3500 - 1e-3 &&
							asked.startedAt <= last.endedAt + 60_000;
						expect(result.outcome).toBe(knownUndone ? 'failed' : 'unconfirmed');
					}
					outcomes.add(result.outcome);
				},
			),
			{ numRuns: 500 },
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

describe('against a Desk that loses requests and answers, and works on a request for up to 3 s', () => {
	interface Fault {
		/** Whether the request arrives at all. */
		arrives: boolean;
		/** After how many ms Desk has assigned an agent. */
		worksMs: number;
		/** Whether its answer arrives. */
		answers: boolean;
		/** How long the node waits before it gives up. */
		givesUpAfterMs: number;
		sessionReadable: boolean;
	}
	const fault = fc.record<Fault>({
		arrives: fc.boolean(),
		worksMs: fc.integer({ min: 0, max: 3000 }),
		answers: fc.boolean(),
		givesUpAfterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })),
		sessionReadable: fc.boolean(),
	});

	test('no user is assigned an agent twice, and the report says what is true, or that it is not known', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(fault, { minLength: 40, maxLength: 40 }), { minLength: 1, maxLength: 8 }),
				fc.integer({ min: 0, max: 4 }),
				fc.boolean(),
				async (faultsOfUsers, maxRetries, includeSession) => {
					const clock = createVirtualClock(1_700_000_000_000);
					const settings = { concurrency: 5, requestsPerSecond: 50 };
					const scheduler = createScheduler<ContactResult>(settings, {
						clock,
						limiterOf: createRateLimiters(clock).of,
					});
					await clock.run(
						scheduler.forEach(faultsOfUsers.length, async (user, slot) => {
							const faults = [...faultsOfUsers[user]];
							const next = () => faults.shift() as Fault;
							let commits = 0;
							const result = await contactUser(
								{
									calls: {
										async contactUser() {
											const { arrives, worksMs, answers, givesUpAfterMs } = next();
											const wasContacted = commits > 0;
											// The work goes on while the node has given up already.
											if (arrives && !wasContacted)
												clock.at(clock.now() + worksMs, () => commits++);
											if (arrives && answers && worksMs <= givesUpAfterMs) {
												await clock.sleep(worksMs + 1);
												return wasContacted ? alreadyWithAgent : done;
											}
											await clock.sleep(givesUpAfterMs);
											return timeOut;
										},
										async sessionState() {
											await clock.sleep(20);
											if (!next().sessionReadable) return timeOut;
											return commits > 0 ? withAgent : noSession;
										},
									},
									scheduler,
									customerServiceAccount: 'account',
									agent: null,
									slot,
									to: { app: 'app', signer: 'app' },
									settings: { maxRetries, includeSession },
									random: () => 0.5,
									clocks: { processMs: clock.now, unixMs: clock.now },
								},
								[],
							);
							await clock.sleep(5000);
							expect(commits).toBeLessThanOrEqual(1);
							if (result.outcome === 'contacted') expect(commits).toBe(1);
							else if (commits === 1) expect(result.outcome).toBe('unconfirmed');
						}),
					);
				},
			),
			{ numRuns: 200 },
		);
	});
});
