import { createHash, randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../../credentials/deskAccount';
import { notSent, type Ended } from '../shared/delivery/command';
import { deliver, simulate, type CredentialChecks } from '../shared/delivery/deliver';
import type { Item, Line } from '../shared/delivery/run';
import { readCredential } from '../shared/n8n/credential';
import {
	type ParameterReading,
	readParameter,
	parameterOfEachItem,
	severalChats,
} from '../shared/n8n/parameters';
import type { OutputMode } from '../shared/n8n/runItems';
import { OPERATION_OPTIONS } from './fields/common';
import { parametersOf, readValues, type Values } from './fields/field';
import type { Operation, Scene } from './operations/operation';
import { operationOf } from './operations/operations';
import { answerCall, work, type Worked } from './work';

/** One run of the node. */
export interface DeskRun {
	mode: OutputMode;
	/** Undefined when the workflow names none that there is. */
	operation: Operation | undefined;
	seed: string;
	parameterOf: (name: string, itemIndex: number) => ParameterReading;
	checks: CredentialChecks;
}

export function openDeskRun(context: IExecuteFunctions, mode: OutputMode): DeskRun {
	const readers = new Map<string, (itemIndex: number) => ParameterReading>();
	const valueOf = (name: string) => {
		const reading = readParameter(context, name, 0);
		return 'value' in reading ? reading.value : undefined;
	};
	return {
		mode,
		operation: operationOf(valueOf('resource'), valueOf('operation')),
		seed: runSeed(context),
		checks: new Map(),
		parameterOf(name, itemIndex) {
			const reader = readers.get(name) ?? parameterOfEachItem(context, name);
			readers.set(name, reader);
			return reader(itemIndex);
		},
	};
}

/** Reads one item, and does the operation for it. Fills in `worked` with what was found. */
export async function runItem(
	context: IExecuteFunctions,
	item: Item,
	run: DeskRun,
	worked: Worked,
): Promise<Ended> {
	const { operation } = run;
	if (operation === undefined) return notSent(NO_SUCH_OPERATION);
	const unclear =
		run.mode === 'tool' && severalChats(context, parametersOf(operation.fields), 'chat');
	if (unclear) return notSent(unclear);
	const parameterOf = (name: string) => run.parameterOf(name, item.index);
	const timeZone = context.getTimezone();
	const reading = readValues(operation.fields, parameterOf, timeZone);
	if ('problem' in reading) return notSent(reading.problem);
	worked.about = aboutOf(reading.values);
	const options = readValues(OPERATION_OPTIONS, parameterOf, timeZone);
	if ('problem' in options) return notSent(options.problem);
	worked.options = options.values;
	const { work: task } = operation;
	if (task.kind === 'local') {
		const { ended, found } = await answerCall(context, task, reading.values);
		worked.found = found;
		return ended;
	}
	const scene = sceneOf(item.index, timeZone, run);
	const credentialReading = await readCredential(context, item.index);
	if ('problem' in credentialReading) return notSent(credentialReading.problem);

	const { credential } = credentialReading;
	const delivering = options.values.simulateOnly
		? async (line: Line) => await simulate(line, run.checks)
		: deliver;
	const line = { item, credential };
	const { ended, found } = await work(
		line,
		{ ...operation, work: task },
		reading.values,
		scene,
		delivering,
	);
	worked.found = found;
	return ended;
}

/** The fields that name whom or what an operation is about. */
const ABOUT = ['userId', 'sessionId', 'customerServiceAccount', 'agent', 'agentGroup'];

function aboutOf(values: Values): IDataObject {
	const named = ABOUT.map((name) => [name, values[name]] as const);
	const filled = named.filter(([, value]) => value !== undefined && value !== null && value !== '');
	return Object.fromEntries(filled) as IDataObject;
}

const NO_SUCH_OPERATION: Problem = {
	message: 'This node does not know the chosen operation, so nothing was sent.',
	advice: 'Choose a resource and an operation.',
};

function sceneOf(itemIndex: number, timeZone: string, { mode, seed }: DeskRun): Scene {
	return {
		nowMs: Date.now(),
		timeZone,
		messageRandom: (receiver, text) =>
			// An agent may call its tool again with another text; a builder's text may hold the time.
			uint32Of(seed, itemIndex, receiver, mode === 'tool' ? text : ''),
	};
}

const CONTEXT_KEY = 'tencentDeskExecution';

/**
 * What tells this run of the node apart from every other one: the same for Retry On Fail and for the Retry button.
 * The Retry button makes a new execution with a new ID (`ExecutionService.retry` in n8n), but takes along the context
 * of the node; so the first ID is kept there. Without it the ID itself still outlives a worker that died.
 */
export function runSeed(context: IExecuteFunctions): string {
	const { id, name } = context.getNode();
	return JSON.stringify([firstExecution(context), id ?? name, runIndexOf(context)]);
}

function firstExecution(context: IExecuteFunctions): string {
	const current = context.getExecutionId() || randomUUID();
	try {
		const store = context.getContext('node');
		const kept: unknown = store[CONTEXT_KEY];
		if (typeof kept === 'string') return kept;
		store[CONTEXT_KEY] = current;
	} catch {
		// A context that cannot be had keeps nothing; the ID stays the same for Retry On Fail.
	}
	return current;
}

/** In a loop, one node runs many times in an execution; n8n counts the runs from 0. */
function runIndexOf(context: IExecuteFunctions): number {
	try {
		return Number(context.getWorkflowDataProxy(0).$runIndex);
	} catch {
		return 0;
	}
}

/** A uint32 that is the same for the same parts. */
export function uint32Of(...parts: Array<string | number>): number {
	return createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE(0);
}
