import { createApplications } from '../../../../nodes/shared/sending/scheduler';
import { createCircuitBreaker } from '../../../../nodes/shared/sending/circuitBreaker';
import { createVirtualClock } from '../../virtualClock';

const AN_HOUR_MS = 3_600_000;
const LIMIT = { by: 'limit' };
const OUTAGE = { by: 'outage', reason: 'no connection' };

function open() {
	const clock = createVirtualClock();
	const breaker = createCircuitBreaker<string>(clock);
	return {
		...{ clock, breaker, opened: breaker.watch() },
		/** So many refusals, each so long after the one before. */
		refuse(times: number, everyMs: number, pauseMs = 500) {
			for (let i = 0; i < times; i++) {
				clock.stall(everyMs);
				breaker.noteLimit(pauseMs);
			}
		},
		/** A piece of work that takes so long and comes to nothing. */
		fail(tookMs: number) {
			const begunAt = clock.now();
			clock.stall(tookMs);
			breaker.noteWork('no connection', begunAt);
		},
	};
}

describe('a rate limit that does not lift', () => {
	test.each([
		[60_001, LIMIT],
		[60_000, undefined],
	])('is one that asks for more than a minute: %d ms', (pauseMs, why) => {
		const { breaker, opened } = open();
		expect(breaker.noteLimit(pauseMs)).toBe(why !== undefined);
		expect(opened()).toEqual(why);
	});

	test.each([
		[20, 1600, LIMIT],
		[19, 1700, undefined],
		[20, 1500, undefined],
	])('is %d refusals in a row, %d ms apart: %j', (times, everyMs, why) => {
		const { refuse, opened } = open();
		refuse(times, everyMs);
		expect(opened()).toEqual(why);
	});

	test('is one that with its next pause lasts longer than 75 s', () => {
		const { refuse, opened } = open();
		refuse(2, 20_000, 55_000);
		expect(opened()).toBeUndefined();
		refuse(1, 1, 55_000);
		expect(opened()).toEqual(LIMIT);
	});

	test('is none with an answer between, nor long after its pause: another one begins', () => {
		const { clock, breaker, refuse, opened } = open();
		refuse(19, 1600);
		breaker.noteServed();
		refuse(19, 1600);
		clock.stall(500 + 30_000 - 1600 + 1);
		refuse(1, 1600);
		expect(opened()).toBeUndefined();
		refuse(18, 1600);
		expect(opened()).toBeUndefined();
		refuse(1, 1600);
		expect(opened()).toEqual(LIMIT);
	});
});

describe('an outage', () => {
	test.each([
		[3, 20_000, OUTAGE],
		[2, 40_000, undefined],
		[3, 19_999, undefined],
	])('is %d pieces of work in a row that took %d ms each: %j', (times, tookMs, why) => {
		const { fail, opened } = open();
		for (let i = 0; i < times; i++) fail(tookMs);
		expect(opened()).toEqual(why);
	});

	test('is none while one comes to something now and then, although others waited in line all the time', () => {
		const { clock, breaker, fail, opened } = open();
		for (let i = 0; i < 5; i++) {
			fail(50_000);
			breaker.noteWork(undefined, 0);
			for (let n = 0; n < 3; n++) breaker.noteWork('no connection', 0);
		}
		expect(opened()).toBeUndefined();
		fail(30_000);
		clock.stall(30_000);
		breaker.noteWork('no connection', 0);
		expect(opened()).toEqual(OUTAGE);
	});
});

describe('the runs of an application', () => {
	test('end together; who comes later tries anew, and needs as many failures', () => {
		const { breaker, refuse, fail, opened } = open();
		const alsoUnderWay = breaker.watch();
		breaker.noteLimit(AN_HOUR_MS);
		const later = breaker.watch();
		expect([opened(), alsoUnderWay(), later()]).toEqual([LIMIT, LIMIT, undefined]);
		refuse(19, 1600);
		for (let i = 0; i < 2; i++) fail(40_000);
		expect(later()).toBeUndefined();
	});

	test('share one breaker and one limiter, and begin anew when no run is left', () => {
		const clock = createVirtualClock();
		const applications = createApplications<string>(clock);
		const { limiter, breaker } = applications('app');
		const run = limiter.join(190);
		expect(applications('app')).toEqual({ limiter, breaker });
		const fail = () => applications('app').breaker.noteWork('no connection', clock.now() - 40_000);
		[1, 2].forEach(fail);
		run.leave();
		const later = applications('app').breaker.watch();
		clock.stall(60_000);
		fail();
		expect(later()).toBeUndefined();
	});

	test('are kept for the 100 applications used last, and for every one with a run', () => {
		const applications = createApplications<string>(createVirtualClock());
		const [busy, idle, used] = ['busy', 'idle', 'used'].map((name) => applications(name));
		busy?.limiter.join(190);
		for (let i = 0; i < 98; i++) applications(`${i}`);
		applications('used');
		applications('another');
		expect(applications('busy')).toBe(busy);
		expect(applications('used')).toBe(used);
		expect(applications('idle')).not.toBe(idle);
	});
});
