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
		advice: 'Switch it on or off.',
	};
}

export const TRANSFER_OPTIONS = {
	allowBusyAgents: switchOption(
		'allowBusyAgents',
		'Allow Busy Agents',
		'Whether an agent whose status is busy may get the session too',
	),
	doNotQueue: switchOption(
		'doNotQueue',
		'Do Not Queue',
		'Whether the user does not wait in the queue when all agents are busy. The item then fails, and can be tried again later.',
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
			description: 'The place in the queue: 0 is served first, 9 last',
		},
		within: 'options',
		hidden: null,
		read: (value) => readWholeNumber(value, { min: 0, max: 9 }),
		advice: 'Enter a whole number from 0 (served first) to 9, or remove the option.',
	} as Field<number | null>,
	queueTimeout: {
		property: {
			displayName: 'Queue Time-Out',
			name: 'queueTimeout',
			type: 'number',
			default: 3600,
			typeOptions: { minValue: 1, numberPrecision: 0 },
			description:
				'How long the user waits in the queue at most. Tencent does not document the unit; we read it as seconds.',
		},
		within: 'options',
		hidden: null,
		read: (value) => readWholeNumber(value, { min: 1 }),
		advice: 'Enter a whole number from 1 on, or remove the option.',
	} as Field<number | null>,
	tellUserOutsideHours: switchOption(
		'tellUserOutsideHours',
		'Tell User Outside Working Hours',
		'Whether Desk sends the user its own tip outside of the working hours. Use it with Only in Working Hours.',
	),
};
