import type { IExecuteFunctions } from 'n8n-workflow';

import { itemFieldOf, parameterOfEachItem } from '../../../../nodes/shared/n8n/parameters';

test.each([
	['={{ $json.userId }}', { userId: 'mia' }, 'mia'],
	['={{$json.userId}}', { userId: 4711 }, 4711],
	['={{ $json.body.user_1.id }}', { body: { user_1: { id: 'mia' } } }, 'mia'],
	['={{ $json.userId }}', { userId: '' }, ''],
])('%s names a field: %j holds %j', (expression, json, value) => {
	expect(itemFieldOf(expression)?.(json)).toBe(value);
});

test('the expression of a drop-down in By ID names a field too', () => {
	const parameter = { __rl: true, mode: 'id', value: '={{ $json.group }}' };
	expect(itemFieldOf(parameter)?.({ group: 1001 })).toBe(1001);
});

test.each([
	'{{ $json.userId }}',
	'={{ $json.userId.trim() }}',
	'={{ $json.userId + "" }}',
	'={{ $json.users[0] }}',
	'={{ $json["userId"] }}',
	'={{ $json?.userId }}',
	'={{ $json }}',
	'=user {{ $json.userId }}',
	'={{ $json.userId }} ',
	'={{ $json.userId }}{{ $json.userId }}',
	'={{ $json.a }}\n{{ $json.b }}',
	"={{ $('CRM').item.json.userId }}",
	'={{ $input.item.json.userId }}',
	'=$json.userId',
	'mia',
	'',
	undefined,
	null,
	4711,
	{ value: undefined },
])('%j is more than a field, or none', (parameter) => {
	expect(itemFieldOf(parameter)).toBeUndefined();
});

test.each([
	[{}],
	[undefined],
	[{ body: 'text' }],
	[{ body: null }],
	[{ body: [] }],
	[{ body: { id: null } }],
	[{ body: { id: true } }],
	[{ body: { id: ['mia'] } }],
	[{ body: { id: { name: 'mia' } } }],
])('what is neither text nor number is left to n8n: %j', (json) => {
	expect(itemFieldOf('={{ $json.body.id }}')?.(json)).toBeUndefined();
});

test.each(['constructor', 'toString', '__proto__.x', 'body.length'])(
	'what a field inherits is not taken for its content: %s',
	(path) => {
		expect(itemFieldOf(`={{ $json.${path} }}`)?.({ body: 'text' })).toBeUndefined();
	},
);

test('where n8n gives something else than the field of the first item, every item is asked of n8n', () => {
	const stored = '={{ $json.userId }}';
	const context = {
		getNode: () => ({ parameters: { userId: stored } }),
		getInputData: () => ['mia', 'noah'].map((userId) => ({ json: { userId } })),
		getNodeParameter: (_name: string, index: number) => `as n8n has it, ${index}`,
	} as unknown as IExecuteFunctions;
	const userIdOf = parameterOfEachItem(context, 'userId');
	expect([0, 1].map(userIdOf)).toEqual([
		{ value: 'as n8n has it, 0', stored },
		{ value: 'as n8n has it, 1', stored },
	]);
});
