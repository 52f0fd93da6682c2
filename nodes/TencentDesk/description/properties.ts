import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { Field, Fields } from '../fields/field';
import { OPERATIONS, RESOURCES } from '../operations/operations';
import type { Operation } from '../operations/operation';

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

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Include Raw Answer',
		name: 'raw',
		type: 'boolean',
		default: false,
		description: "Whether to add Desk's own answer to the output as raw",
	},
];

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
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: OPTIONS,
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
		description: 'When the model is to call this tool, and what the answers mean',
		displayOptions: { show: { ...ONLY_FOR_TOOLS, ...shownFor(operation) } },
	};
}

function fieldsOf(operation: Operation): INodeProperties[] {
	const { fields } = operation;
	return Object.values(fields).map((field) => ({
		...field.property,
		displayOptions: { show: { ...shownFor(operation), ...conditionsOf(field, fields) } },
	}));
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
