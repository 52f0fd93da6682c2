import type { IExecuteFunctions } from 'n8n-workflow';

import { severalChats } from '../../shared/n8n/severalChats';
import {
	parameterOfEachItem,
	readParameter,
	type ParameterReading,
} from '../../shared/n8n/parameters';
import { isCancelled } from '../../shared/n8n/pace';
import type { OutputMode } from '../../shared/n8n/output';
import { readCredential, signerOf } from '../../shared/n8n/credential';
import { logDefect } from '../../shared/n8n/logDefect';
import { lineFrom } from '../../shared/asking/ask';
import { operationOf } from '../operations/operations';
import type { Operation, Scene } from '../operations/operation';
import { unixMsOf } from '../fields/lists';
import { readValues } from '../fields/field';
import { answerCall } from './answerCall';
import { watchForOutage, type OutageWatch } from './outage';
import { work } from './work';
import { runSeed, uint32Of } from './messageRandom';
import { notSent, type Done, type Failure } from './done';

/** One run of the node. */
export interface Run {
	mode: OutputMode;
	isStopped: () => boolean;
	/** Undefined when the workflow names none that there is. */
	operation: Operation | undefined;
	seed: string;
	parameterOf: (name: string, itemIndex: number) => ParameterReading;
	/** By signer: why all that it asks would be refused. */
	refusals: Map<string, Failure>;
	/** By signer. */
	outages: Map<string, OutageWatch>;
}

export function openRun(context: IExecuteFunctions, mode: OutputMode): Run {
	const readers = new Map<string, (itemIndex: number) => ParameterReading>();
	const valueOf = (name: string) => {
		const reading = readParameter(context, name, 0);
		return 'value' in reading ? reading.value : undefined;
	};
	return {
		mode,
		isStopped: () => isCancelled(context),
		operation: operationOf(valueOf('resource'), valueOf('operation')),
		seed: runSeed(context),
		refusals: new Map(),
		outages: new Map(),
		parameterOf(name, itemIndex) {
			const reader = readers.get(name) ?? parameterOfEachItem(context, name);
			readers.set(name, reader);
			return reader(itemIndex);
		},
	};
}

/** Works through one item. Never rejects. */
export async function runItem(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
): Promise<Done> {
	try {
		return await readAndWork(context, itemIndex, run);
	} catch (error) {
		logDefect(context, itemIndex, error);
		const message = 'The node met something unexpected, so it is not known whether it was done.';
		const advice = 'Report it to the maintainers of the node.';
		return { kind: 'failed', failure: { ...notSent({ message, advice }), mayBeDone: true } };
	}
}

async function readAndWork(context: IExecuteFunctions, itemIndex: number, run: Run): Promise<Done> {
	const { operation } = run;
	if (operation === undefined) {
		return refused({
			message: 'This node does not know the chosen operation, so nothing was sent.',
			advice: 'Choose a resource and an operation.',
		});
	}
	const unclear =
		run.mode === 'tool' && severalChats(context, Object.keys(operation.fields), 'chat');
	if (unclear) return refused(unclear);
	const reading = readValues(operation.fields, (name) => run.parameterOf(name, itemIndex));
	if ('problem' in reading) return refused(reading.problem);
	const { work: task } = operation;
	if (task.kind === 'local') return await answerCall(context, task, reading.values);
	const credentialReading = await readCredential(context, itemIndex);
	if ('problem' in credentialReading) return refused(credentialReading.problem);
	const { credential } = credentialReading;

	const signer = signerOf(credential.account);
	const outage = run.outages.get(signer) ?? watchForOutage();
	run.outages.set(signer, outage);
	const refusal = run.refusals.get(signer) ?? outage.found();
	if (refusal !== undefined) return { kind: 'failed', failure: refusal };

	const line = lineFrom(context, credential);
	const begunAt = line.now();
	const done = await work(
		line,
		{ ...operation, work: task },
		reading.values,
		sceneOf(context, itemIndex, run),
	);
	outage.note(done, begunAt, line.now());
	if (done.kind === 'failed' && done.failure.forAll && !done.failure.mayBeDone) {
		const message = `Not sent, since Desk refused another item: ${done.failure.message}`;
		run.refusals.set(signer, { ...done.failure, message });
	}
	return done;
}

function refused(problem: { message: string; advice: string }): Done {
	return { kind: 'failed', failure: notSent(problem) };
}

function sceneOf(context: IExecuteFunctions, itemIndex: number, { mode, seed }: Run): Scene {
	return {
		nowMs: Date.now(),
		unixMs: (moment) => unixMsOf(moment, context.getTimezone()),
		messageRandom: (receiver, text) =>
			// An agent may call its tool again with another text; a builder's text may hold the time.
			uint32Of(seed, itemIndex, receiver, mode === 'tool' ? text : ''),
	};
}
