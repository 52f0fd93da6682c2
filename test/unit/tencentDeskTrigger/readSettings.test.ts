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

test('without filters and options, every session passes when its rating has come or after ten minutes', () => {
	expect(readSettings({}, {})).toEqual({ settings: byDefault });
	expect(readSettings(undefined, 'nonsense')).toEqual({ settings: byDefault });
});

test('drop-downs are read by their value, texts without the blanks around them', () => {
	const filters = {
		userId: ' mia ',
		agent: { __rl: true, mode: 'list', value: 'anna@example.com' },
		agentGroup: { __rl: true, mode: 'list', value: 1001 },
		onlyRated: 'true',
	};
	expect(readSettings(filters, { lookBack: '48', holdBack: 30 })).toEqual({
		settings: {
			filters: { userId: 'mia', agent: 'anna@example.com', agentGroup: 1001, onlyRated: true },
			lookBackS: 48 * 3600,
			holdBackS: 1800,
			endedWhileOff: 'give',
			longestGapS: 31 * 86_400,
			timeoutMs: 10_000,
		},
	});
});

test('numbers out of range are brought into range', () => {
	expect(readSettings({}, { lookBack: 1000, holdBack: -5, timeout: 1 })).toMatchObject({
		settings: { lookBackS: 72 * 3600, holdBackS: 0, timeoutMs: 1000 },
	});
});

test.each(['sales', '0', '-1', '1.5', '1001 or 1002'])(
	'the group "%s" is refused by name',
	(value) => {
		expect(readSettings({ agentGroup: { mode: 'id', value } }, {})).toMatchObject({
			problem: { message: expect.stringContaining('Agent Group') },
		});
	},
);

test.each([
	['User ID', { userId: { id: 'mia' } }],
	['User ID', { userId: '[object Object]' }],
	['User ID', { userId: 'undefined' }],
	['Agent', { agent: { mode: 'id', value: 'null' } }],
	['Only Rated', { onlyRated: 'perhaps' }],
])('a filter %s that an expression has broken is refused by name: %p', (label, filters) => {
	expect(readSettings(filters, {})).toMatchObject({
		problem: { message: expect.stringMatching(new RegExp(`^The filter ${label} `)) },
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

test('what cannot be seen at the ends of a filter is dropped', () => {
	expect(readSettings({ userId: '\u200bmia\u00a0' }, {})).toMatchObject({
		settings: { filters: { userId: 'mia' } },
	});
});

test.each([
	['lookBack', 'Look Back'],
	['holdBack', 'Hold Back'],
	['timeout', 'Timeout'],
])('an option %s that is no number is refused by its label', (name, label) => {
	for (const value of ['5,5', {}, NaN, 'soon']) {
		expect(readSettings({}, { [name]: value })).toMatchObject({
			problem: { message: expect.stringContaining(label) },
		});
	}
});

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

test('Sessions Ended While Off is one of two', () => {
	expect(readSettings({}, { endedWhileOff: 'skip' })).toMatchObject({
		settings: { endedWhileOff: 'skip' },
	});
	expect(readSettings({}, { endedWhileOff: null })).toMatchObject({
		problem: { message: expect.stringContaining('Sessions Ended While Off') },
	});
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
