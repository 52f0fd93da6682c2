import { WorkflowExecute } from 'n8n-core';
import type { IExecuteFunctions, INodeType, IRun } from 'n8n-workflow';

import { setUp, type ContactUserSetup } from '../engine/harness';
import { CONTACT_USER } from '../engine/testWorkflow';

/** A run, and what was going on below the node. */
export interface WatchedRun {
	run: IRun;
	thrown: unknown[];
	/** What n8n's request helper rejected with, before the node saw it. */
	rejections: unknown[];
	/** What must stand nowhere. */
	secrets: string[];
}

/** Makes an error out of a signed URL, in place of the answer that came. */
export type FailWith = (signedUrl: string) => unknown;

type RequestHelper = IExecuteFunctions['helpers']['httpRequestWithAuthentication'];

function watchedHelper(
	send: RequestHelper,
	rejections: unknown[],
	userSigs: Set<string>,
	failWith?: FailWith,
): RequestHelper {
	return async function (credentialType, options, more) {
		try {
			const response: unknown = await send.call(this, credentialType, options, more);
			if (failWith === undefined) return response;
			const [userSig] = [...userSigs];
			throw failWith(`${options.url}?sdkappid=1400000000&usersig=${userSig}&contenttype=json`);
		} catch (error) {
			rejections.push(error);
			throw error;
		}
	};
}

/** Runs the test workflow; with `failWith`, every request ends in that error. */
export async function runWatched(
	setup: ContactUserSetup,
	failWith?: FailWith,
): Promise<WatchedRun> {
	const { workflow, probe, thrown, additionalData } = setUp(setup, 'trigger');
	const rejections: unknown[] = [];
	const { type, typeVersion } = workflow.nodes[CONTACT_USER];
	const nodeType = workflow.nodeTypes.getByNameAndVersion(type, typeVersion) as INodeType;
	const { execute } = nodeType;
	nodeType.execute = async function (...args) {
		const { helpers } = this;
		const send = helpers.httpRequestWithAuthentication;
		helpers.httpRequestWithAuthentication = watchedHelper(
			send,
			rejections,
			probe.userSigs,
			failWith,
		);
		return (await execute?.apply(this, args)) ?? null;
	};
	const startNode = workflow.getNode('Start') ?? undefined;
	const run = await new WorkflowExecute(additionalData, 'trigger').run({ workflow, startNode });
	return {
		run,
		thrown,
		rejections,
		secrets: [String(setup.credential?.secretKey), ...probe.userSigs],
	};
}
