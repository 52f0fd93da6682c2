import { createVirtualClock } from './virtualClock';

test('time goes on only when everybody is asleep, and wakes them in order', async () => {
	const clock = createVirtualClock(1000);
	const woken: string[] = [];
	const sleeper = async (name: string, ...naps: number[]) => {
		for (const ms of naps) {
			await clock.sleep(ms);
			woken.push(`${name} ${clock.now()}`);
		}
	};
	clock.at(1040, () => woken.push(`alarm ${clock.now()}`));
	await clock.run(Promise.all([sleeper('a', 50, 50), sleeper('b', 30, 10, 70)]));
	expect(woken).toEqual(['b 1030', 'alarm 1040', 'b 1040', 'a 1050', 'a 1100', 'b 1110']);
});

test('after a stall, all who slept too long wake late, at the same moment', async () => {
	const clock = createVirtualClock();
	const woken: number[] = [];
	clock.at(5, () => clock.stall(1000));
	await clock.run(
		Promise.all(
			[10, 20, 2000].map(async (ms) => {
				await clock.sleep(ms);
				woken.push(clock.now());
			}),
		),
	);
	expect(woken).toEqual([1005, 1005, 2000]);
});

test('a wait that never ends is told, not waited for', async () => {
	const forever = new Promise<void>(() => {});
	await expect(createVirtualClock().run(forever)).rejects.toThrow(/never comes/);
});

test('what the work rejects with comes through', async () => {
	const clock = createVirtualClock();
	const work = clock.sleep(5).then(() => {
		throw new Error('broken');
	});
	await expect(clock.run(work)).rejects.toThrow('broken');
});
