import { createRateLimiter } from '../../../../nodes/shared/sending/rateLimiter';
import { createVirtualClock } from '../../virtualClock';

const AN_HOUR_MS = 3_600_000;

function twoRuns() {
	const clock = createVirtualClock();
	const limiter = createRateLimiter(clock);
	const runs = [limiter.join(190), limiter.join(190)] as const;
	return { clock, limiter, runs, givenUp: () => runs.map((run) => run.isGivenUp()) };
}

test('a limit that does not lift gives up every run under way, and none that begins later', () => {
	const { limiter, runs, givenUp } = twoRuns();
	runs[0].noteLimit(AN_HOUR_MS, 0);
	expect(givenUp()).toEqual([true, true]);
	expect(limiter.join(190).isGivenUp()).toBe(false);
});

test('the refusals of all runs count together, and an answer to one of them begins the count anew', () => {
	const { clock, runs, givenUp } = twoRuns();
	const refuseTwentyTimes = () => {
		for (let i = 0; i < 20; i++) {
			clock.stall(2000);
			runs[i % 2].noteLimit(500, clock.now());
		}
	};
	for (let i = 0; i < 12; i++) {
		clock.stall(9000);
		runs[0].noteLimit(500, clock.now());
		runs[1].noteServed();
	}
	expect(givenUp()).toEqual([false, false]);
	refuseTwentyTimes();
	expect(givenUp()).toEqual([true, true]);
});

test('a refusal of an hour ago says nothing of a run that begins now', () => {
	const { clock, limiter, runs } = twoRuns();
	runs[0].noteLimit(500, 0);
	runs.forEach((run) => run.leave());
	clock.stall(AN_HOUR_MS);
	const later = limiter.join(190);
	later.noteLimit(500, clock.now());
	expect(later.isGivenUp()).toBe(false);
});
