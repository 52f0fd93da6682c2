import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { OPERATIONS, RESOURCES } from './operations/operations';
import type { Operation } from './operations/operation';
import { COLLECTIONS, type Collection, type Field, type Fields } from './fields/field';

type Conditions = NonNullable<IDisplayOptions['show']>;

const ONLY_FOR_TOOLS = { '@tool': [true] };

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

/** What all operations have, and below it what those have that change something. */
const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: false,
		displayOptions: { hide: ONLY_FOR_TOOLS },
		description:
			'Whether to keep the fields of the input item in the output. Where names are the same, the fields of this node win.',
	},
	{
		displayName: 'Include Raw Answer',
		name: 'raw',
		type: 'boolean',
		default: false,
		description: "Whether to add Desk's own answer to the output as raw",
	},
];

const SIMULATE_ONLY: INodeProperties = {
	displayName: 'Simulate Only',
	name: 'simulateOnly',
	type: 'boolean',
	default: false,
	description:
		'Whether to change nothing, so that you can try the workflow safely. The node reads and checks each item, and adds simulated to the output. Desk only checks the credential.',
};

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
export const PROPERTIES: INodeProperties[] = [
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
		options: byLabel([...OPTIONS, ...OPERATIONS.flatMap(optionsOf)]),
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
	const alone = Object.values(operation.fields)
		.filter(({ within }) => within === undefined)
		.map((field) => ({
			...field.property,
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
	const simulated = operation.work.kind === 'change' ? [SIMULATE_ONLY] : [];
	return [...simulated, ...entriesOf(operation, 'options')].map((property) => ({
		...property,
		displayOptions,
	}));
}

function entriesOf({ fields }: Operation, collection: Collection): INodeProperties[] {
	return Object.values(fields)
		.filter(({ within }) => within === collection)
		.map(({ property }) => property);
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
export const SUBTITLE = `={{ (${JSON.stringify(WORDS)})[$parameter.resource + " " + $parameter.operation] }}`;
