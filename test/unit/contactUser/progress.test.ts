import { watchProgress } from '../../../nodes/ContactUser/progress';
import { done, timeOut } from '../replies';
import { endedBy } from './contacts';

type Context = Parameters<typeof watchProgress>[0];

/** A run of ten items on a clock of its own, and what it told whom. */
function startRun({ name = 'Contact User', broken = false } = {}) {
	const told = {
		log: [] as string[],
		browser: [] as string[],
		customData: {} as Record<string, string>,
	};
	let nowMs = 1000;
	const context = {
		getNode: () => ({ name }),
		logger: { info: (text: string) => told.log.push(text) },
		sendMessageToUI: (text: string) => {
			if (broken) throw new Error('nobody listens');
			told.browser.push(text);
		},
		getWorkflowDataProxy: () => ({
			$execution: {
				customData: {
					set: (key: string, value: string) => {
						told.customData[key] = value;
					},
				},
			},
		}),
	} as unknown as Context;
	const tell = watchProgress(context, 10, () => nowMs);
	const end = (atMs: number, reply = done) => {
		nowMs = 1000 + atMs;
		tell(endedBy(reply));
	};
	return { told, end };
}

test('a run that is over within 5 seconds says nothing', () => {
	const { told, end } = startRun();
	for (let ms = 0; ms < 5000; ms += 500) end(ms);
	expect(told).toEqual({ log: [], browser: [], customData: {} });
});

test('a longer one tells log and browser every 5 seconds how many items are done and how many users contacted', () => {
	const { told, end } = startRun();
	end(100);
	end(5000, timeOut);
	end(9999);
	end(10_000);
	expect(told.log).toEqual([
		'Contact User: 2 of 10 items done, 1 contacted',
		'Contact User: 4 of 10 items done, 3 contacted',
	]);
	expect(told.browser).toEqual([
		'2 of 10 items done, 1 contacted',
		'4 of 10 items done, 3 contacted',
	]);
});

test('a run whose last item alone is slow says nothing, since it is over', () => {
	const { told, end } = startRun();
	for (let item = 1; item < 10; item += 1) end(100);
	end(60_000);
	expect(told).toEqual({ log: [], browser: [], customData: {} });
});

test('from then on the custom data of the execution is true after every item, since a run may be stopped at any', () => {
	const { told, end } = startRun();
	end(5000);
	end(5001);
	end(5002, timeOut);
	expect(told.customData).toEqual({ Contact_User: '3 of 10 items done, 2 contacted' });
});

test.each([
	['Contact User 2', 'Contact_User_2'],
	['联系用户', '联系用户'],
	['a-b/c.d', 'a_b_c_d'],
])('a node named %s has the key %s, since n8n takes no other characters', (name, key) => {
	const { told, end } = startRun({ name });
	end(5000);
	expect(Object.keys(told.customData)).toEqual([key]);
});

test('an n8n that cannot take a message does not fail the run', () => {
	const { told, end } = startRun({ broken: true });
	end(5000);
	end(10_000);
	expect(told.log).toHaveLength(2);
});
