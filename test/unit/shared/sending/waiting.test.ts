import { sleepUntil } from '../../../../nodes/shared/sending/waiting';
import { createVirtualClock } from '../../virtualClock';

const START = 1_000_000;

test('a wait ends at its time, to the millisecond', async () => {
	const clock = createVirtualClock(START);
	await clock.run(sleepUntil(START + 3517, clock, () => false));
	expect(clock.now()).toBe(START + 3517);
});

test('a wait whose time is past ends at once', async () => {
	const clock = createVirtualClock(START);
	await clock.run(sleepUntil(START - 1, clock, () => false));
	expect(clock.now()).toBe(START);
});

test('a wait ends within 100 ms after the run was stopped', async () => {
	const clock = createVirtualClock(START);
	let isStopped = false;
	clock.at(START + 1234, () => {
		isStopped = true;
	});
	await clock.run(sleepUntil(START + 60_000, clock, () => isStopped));
	expect(clock.now()).toBeLessThanOrEqual(START + 1334);
});
