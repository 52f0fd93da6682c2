import type { INodeProperties } from 'n8n-workflow';

import {
	OPTION_RANGES,
	TRIGGER_PROPERTIES,
	readSettings as readParameters,
} from '../../../nodes/TencentDeskTrigger/settings';

const readSettings = (filters: unknown, options: unknown, pollTimes?: unknown) =>
	readParameters({ filters, options, pollTimes });

const byDefault = {
	filters: { userId: '', agent: '', agentGroup: null, onlyRated: false },
	lookBackS: 86_400,
	holdBackS: 600,
	endedWhileOff: 'give',
	longestGapS: 31 * 86_400,
	timeoutMs: 10_000,
};

const fromList = (value: unknown) => ({ __rl: true, mode: 'list', value });

test.each<[string, filters: unknown, options: unknown, object]>([
	[
		'without filters and options, every session passes when its rating has come or after ten minutes',
		...([{}, {}, {}] as const),
	],
	['so it does with what is none', undefined, 'nonsense', {}],
	[
		'drop-downs are read by their value, texts without the blanks around them',
		{
			...{ userId: ' mia ', onlyRated: 'true' },
			...{ agent: fromList('anna@example.com'), agentGroup: fromList(1001) },
		},
		{ lookBack: '48', holdBack: 30 },
		{
			filters: { userId: 'mia', agent: 'anna@example.com', agentGroup: 1001, onlyRated: true },
			...{ lookBackS: 48 * 3600, holdBackS: 1800 },
		},
	],
	[
		'what cannot be seen at the ends of a filter is dropped',
		{ userId: '\u200bmia\u00a0' },
		{},
		{ filters: { ...byDefault.filters, userId: 'mia' } },
	],
	[
		'numbers out of range are brought into range',
		{},
		{ lookBack: 1000, holdBack: -5, timeout: 1 },
		{ lookBackS: 72 * 3600, holdBackS: 0, timeoutMs: 1000 },
	],
	[
		'sessions ended while off are skipped',
		{},
		{ endedWhileOff: 'skip' },
		{ endedWhileOff: 'skip' },
	],
])('%s', (_what, filters, options, expected) => {
	expect(readSettings(filters, options)).toEqual({ settings: { ...byDefault, ...expected } });
});

test.each<[string, filters: object, options?: object]>([
	...['sales', '0', '-1', '1.5', '1001 or 1002'].map((value): [string, object] => [
		'The filter Agent Group',
		{ agentGroup: { mode: 'id', value } },
	]),
	['The filter User ID', { userId: { id: 'mia' } }],
	['The filter User ID', { userId: '[object Object]' }],
	['The filter User ID', { userId: 'undefined' }],
	['The filter Agent', { agent: { mode: 'id', value: 'null' } }],
	['The filter Only Rated', { onlyRated: 'perhaps' }],
	...['5,5', {}, NaN, 'soon'].flatMap((value): Array<[string, object, object]> => [
		['The option Look Back', {}, { lookBack: value }],
		['The option Hold Back', {}, { holdBack: value }],
		['The option Timeout', {}, { timeout: value }],
	]),
	['The option Sessions Ended While Off', {}, { endedWhileOff: null }],
])('%s that cannot be right is refused by name: %j %j', (named, filters, options = {}) => {
	expect(readSettings(filters, options)).toMatchObject({
		problem: { message: expect.stringMatching(new RegExp(`^${named} `)) },
	});
});

test.each([{ userId: ' ' }, { agent: undefined }, { agentGroup: null }, { onlyRated: '' }])(
	'one expression for all filters that gives %j is refused',
	(filters) => {
		const stored = { filters: '={{ $vars.filters }}' };
		expect(readParameters({ filters, stored })).toMatchObject({
			problem: { message: expect.stringContaining('has an expression that returns nothing') },
		});
	},
);

test('the editor shows the defaults and ranges that count', () => {
	const options = TRIGGER_PROPERTIES.find(({ name }) => name === 'options')
		?.options as INodeProperties[];
	for (const [name, { min, max, default: value }] of Object.entries(OPTION_RANGES)) {
		expect(options.find((option) => option.name === name)).toMatchObject({
			default: value,
			typeOptions: { minValue: min, maxValue: max },
		});
	}
});

test.each<[object[], number]>([
	[[{ mode: 'everyMinute' }], 60],
	[[{ mode: 'everyHour', minute: 5 }], 3600],
	[[{ mode: 'everyX', unit: 'minutes', value: 5 }], 3600],
	[[{ mode: 'everyX', unit: 'hours', value: 2 }], 86_400],
	[[{ mode: 'everyDay', hour: 9, minute: 0 }], 86_400],
	[[{ mode: 'everyWeek', hour: 9, minute: 0, weekday: '1' }], 7 * 86_400],
	[[{ mode: 'everyMonth', hour: 9, minute: 0, dayOfMonth: 1 }], 31 * 86_400],
	[[{ mode: 'custom', cronExpression: '0 9 * * 1-5' }], 7 * 86_400],
	[[{ mode: 'custom', cronExpression: '30 * * * * *' }], 60],
	[
		[
			{ mode: 'everyDay', hour: 9, minute: 0 },
			{ mode: 'everyHour', minute: 5 },
		],
		3600,
	],
])('polls at %j may lie %d s apart while the workflow is on', (item, longestGapS) => {
	expect(readSettings({}, {}, { item })).toMatchObject({ settings: { longestGapS } });
});
