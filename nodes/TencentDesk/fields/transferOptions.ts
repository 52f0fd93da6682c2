import { readWholeNumber, type Field } from './field';
import { readSwitch } from '../../shared/n8n/text';

/*
 * Options of transfer_to_human, https://cloud.tencent.com/document/product/679/116634. Each is left out of the request
 * unless the builder sets it.
 */

function switchOption(name: string, displayName: string, description: string): Field<boolean> {
	return {
		property: { displayName, name, type: 'boolean', default: true, description },
		within: 'options',
		hidden: false,
		read: readSwitch,
		advice: 'Turn it on or off.',
	};
}

export const TRANSFER_OPTIONS = {
	allowBusyAgents: switchOption(
		'allowBusyAgents',
		'Allow Agents Who Are Not Ready',
		'Whether an agent with the status Not Ready may get the session too',
	),
	doNotQueue: switchOption(
		'doNotQueue',
		'Do Not Queue',
		'Whether the item fails when no agent is free, instead of putting the user into the queue. You can try it again later.',
	),
	endIfNobodyOnline: switchOption(
		'endIfNobodyOnline',
		'End Session if Nobody Is Online',
		'Whether Desk ends the session when no agent is online',
	),
	onlyInWorkingHours: switchOption(
		'onlyInWorkingHours',
		'Only in Working Hours',
		'Whether Desk hands the session over only in the working hours that are set up in Desk',
	),
	priority: {
		property: {
			displayName: 'Priority in Queue',
			name: 'priority',
			type: 'number',
			default: 5,
			typeOptions: { minValue: 0, maxValue: 9, numberPrecision: 0 },
			description:
				'The place in the queue: 0 is served first, 9 last. If empty: Desk uses its own value.',
		},
		within: 'options',
		hidden: null,
		read: (value) => readWholeNumber(value, { min: 0, max: 9 }),
		advice: 'Enter a whole number from 0 (served first) to 9, or remove the option.',
	} as Field<number | null>,
	queueTimeout: {
		property: {
			displayName: 'Queue Timeout',
			name: 'queueTimeout',
			type: 'number',
			default: 3600,
			typeOptions: { minValue: 1, numberPrecision: 0 },
			description:
				'The longest time that the user waits in the queue, probably in seconds. Tencent does not document the unit. If empty: Desk uses its own value.',
		},
		within: 'options',
		hidden: null,
		read: (value) => readWholeNumber(value, { min: 1 }),
		advice: 'Enter a whole number, 1 or greater, or remove the option.',
	} as Field<number | null>,
	tellUserOutsideHours: switchOption(
		'tellUserOutsideHours',
		'Tell User Outside Working Hours',
		'Whether Desk sends its own notice to the user outside the working hours. Use it with Only in Working Hours.',
	),
};
