import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { OPERATION_OPTIONS } from './fields/common';
import { COLLECTIONS, type Collection, type Field, type Fields } from './fields/field';
import type { Operation } from './operations/operation';
import { OPERATIONS, RESOURCES } from './operations/operations';

type Conditions = NonNullable<IDisplayOptions['show']>;

const ONLY_FOR_TOOLS = { '@tool': [true] };

const { includeInputFields, raw, simulateOnly } = OPERATION_OPTIONS;

const RESOURCE: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: 'session',
	options: RESOURCES,
};

/** The list of operations of each resource. */
const OPERATION_LISTS: INodeProperties[] = RESOURCES.map(({ value }) => {
	const own = OPERATIONS.filter(({ resource }) => resource === value);
	const byDefault = (own.find(({ operation }) => operation === 'get') ?? own[0])?.operation ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: byDefault,
		displayOptions: { show: { resource: [value] } },
		options: own.map(({ name, operation, action, description }) => ({
			name,
			value: operation,
			action,
			description,
		})),
	};
});

/**
 * Old versions of n8n (1.85) know no parameters that only tools have, so there the model reads the description of the
 * node. This makes them name resource and operation in it, without which all tools of the node would read the same.
 * Newer ones find it in no tool. Source: `makeDescription` in create-node-as-tool.js of n8n-core 1.84
 */
const NAME_OPERATION_TO_MODELS: INodeProperties = {
	displayName: 'Tool Description',
	name: 'descriptionType',
	type: 'hidden',
	default: 'auto',
	displayOptions: { hide: ONLY_FOR_TOOLS },
};

/** What the builder sees, from top to bottom. Names are stored in workflows and never change. */
export const TENCENT_DESK_PROPERTIES: INodeProperties[] = [
	RESOURCE,
	...OPERATION_LISTS,
	...OPERATIONS.map(toolDescription),
	NAME_OPERATION_TO_MODELS,
	...OPERATIONS.flatMap(fieldsOf),
	{
		displayName: COLLECTIONS.options,
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: byLabel([
			{
				...shown('includeInputFields', includeInputFields),
				displayOptions: { hide: ONLY_FOR_TOOLS },
			},
			shown('raw', raw),
			...OPERATIONS.flatMap(optionsOf),
		]),
	},
];

/**
 * n8n would add a parameter of this name itself, with no more than the name of the operation in it. Only the tool has
 * it.
 */
function toolDescription(operation: Operation): INodeProperties {
	const { toolDescription: byDefault } = operation;
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 4 },
		default: byDefault,
		required: true,
		description: 'When the model should call this tool, and what the answers mean',
		displayOptions: { show: { ...ONLY_FOR_TOOLS, ...shownFor(operation) } },
	};
}

function fieldsOf(operation: Operation): INodeProperties[] {
	const alone = Object.entries(operation.fields)
		.filter(([, { within }]) => within === undefined)
		.map(([name, field]) => ({
			...shown(name, field),
			displayOptions: {
				show: { ...shownFor(operation), ...conditionsOf(field, operation.fields) },
			},
		}));
	const updateFields = entriesOf(operation, 'updateFields');
	if (updateFields.length === 0) return alone;
	return [
		...alone,
		{
			displayName: COLLECTIONS.updateFields,
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change. Fields that you do not add stay as they are.',
			displayOptions: { show: shownFor(operation) },
			options: byLabel(updateFields),
		},
	];
}

/** All operations share one collection of options, whose entries say which operation has them. */
function optionsOf(operation: Operation): INodeProperties[] {
	const { resource, operation: name } = operation;
	const displayOptions = { show: { '/resource': [resource], '/operation': [name] } };
	const isChange = operation.work.kind === 'change';
	const simulated = isChange ? [shown('simulateOnly', simulateOnly)] : [];
	return [...simulated, ...entriesOf(operation, 'options')].map((property) => ({
		...property,
		displayOptions,
	}));
}

function entriesOf({ fields }: Operation, collection: Collection): INodeProperties[] {
	return Object.entries(fields)
		.filter(([, { within }]) => within === collection)
		.map(([name, field]) => shown(name, field));
}

function shown(name: string, { property }: Field<unknown>): INodeProperties {
	return { ...property, name };
}

/** As n8n lists the entries of a collection. */
function byLabel(properties: INodeProperties[]): INodeProperties[] {
	return [...properties].sort((one, other) => one.displayName.localeCompare(other.displayName));
}

/** Of the field and of those that it hangs on, since n8n looks at the value of a hidden field too. */
function conditionsOf({ shownWhen }: Field<unknown>, fields: Fields): Conditions {
	if (shownWhen === undefined) return {};
	const { name, is } = shownWhen;
	const other = fields[name];
	return { [name]: [is], ...(other && conditionsOf(other, fields)) };
}

function shownFor({ resource, operation }: Operation): Conditions {
	return { resource: [resource], operation: [operation] };
}

/** The canvas cuts a subtitle after some 28 characters. */
const SHORTER: Record<string, string> = { 'Customer Service Account': 'Service Account' };

const WORDS = Object.fromEntries(
	OPERATIONS.map(({ resource, operation, name }) => {
		const shown = RESOURCES.find(({ value }) => value === resource)?.name ?? '';
		return [`${resource} ${operation}`, `${SHORTER[shown] ?? shown}: ${name}`];
	}),
);

/** Under the node on the canvas: resource and operation in the words of the editor. */
export const TENCENT_DESK_SUBTITLE = `={{ (${JSON.stringify(WORDS)})[$parameter.resource + " " + $parameter.operation] }}`;
