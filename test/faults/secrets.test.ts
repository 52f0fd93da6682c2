import { readLog } from './logToFile';

import { inspect } from 'node:util';

import {
	NodeApiError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
	type IRun,
	type JsonObject,
} from 'n8n-workflow';

import type { Step } from '../../simulator/contract';
import { hideSession, ON_ERROR_MODES, parameters, users, type OnError } from '../engine/desk';
import { start } from '../engine/execution';
import { setUp, type NodeSetup } from '../engine/harness';
import { CONTACT_USER } from '../engine/testedNode';
import { node } from '../engine/testWorkflow';
import { AGENT_KINDS, runAgentWithTool } from '../engine/toolHarness';
import { numberedUsers, setupOf, withSimulator } from './batch';
import { FAULTY_SERVERS } from './faultyServers';
import { runPooled } from './pool';

const RUNS_AT_ONCE = 12;
const LONGEST_MS = 120_000;
const EVERYTHING = { showHidden: true, maxStringLength: null, maxArrayLength: null } as const;

/** A run, and what was going on below the node. */
interface WatchedRun {
	run: IRun;
	thrown: unknown[];
	/** What n8n's request helper rejected with, before the node saw it. */
	rejections: unknown[];
	/** What must stand nowhere. */
	secrets: string[];
}

/** Makes an error out of a signed URL, in place of the answer that came. */
type FailWith = (signedUrl: string) => unknown;

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
async function runWatched(setup: NodeSetup, failWith?: FailWith): Promise<WatchedRun> {
	const stage = setUp(CONTACT_USER, setup, 'trigger');
	const { workflow, probe, thrown } = stage;
	const rejections: unknown[] = [];
	const { type, typeVersion } = workflow.nodes[CONTACT_USER.name];
	const nodeType = workflow.nodeTypes.getByNameAndVersion(type, typeVersion) as INodeType;
	const { execute } = nodeType;
	nodeType.execute = async function (...args) {
		const send = this.helpers.httpRequestWithAuthentication;
		this.helpers.httpRequestWithAuthentication = watchedHelper(
			send,
			rejections,
			probe.userSigs,
			failWith,
		);
		return (await execute?.apply(this, args)) ?? null;
	};
	const run = await start(stage);
	const secrets = [String(setup.credential?.secretKey), ...probe.userSigs];
	return { run, thrown, rejections, secrets };
}

interface Situation {
	what: string;
	step?: Step;
	start?: () => Promise<{ baseUrl: string; close(): Promise<void> }>;
	credential?: IDataObject;
	failWith?: FailWith;
	/** Whether n8n's own error is known to hold the signed URL. */
	holdsUrl?: true;
}

/** An error that shows the signed URL wherever an error can. */
function tellTale(code: string, name: string): FailWith {
	return (url) => {
		const error = Object.assign(new Error(`request to ${url} failed`), {
			name,
			code,
			config: { url },
			request: { path: url },
			response: { config: { url }, data: url },
		});
		return new NodeApiError(node('n', 't'), error as unknown as JsonObject, {
			message: url,
			description: url,
		});
	};
}

const SITUATIONS: Situation[] = [
	...(['reset', 'hang', 'halfBody'] as const).map((fault): Situation => {
		return { what: `a request that breaks off (${fault})`, step: { fault }, holdsUrl: true };
	}),
	...(['html', 'http302', 'http401', 'http429', 'http502'] as const).map((fault) => ({
		what: `an answer that is none of Desk (${fault})`,
		step: { fault },
	})),
	...[141002, 141012].map((answer) => ({ what: `a refusal (${answer})`, step: { answer } })),
	{ what: 'a wrong secret key', credential: { secretKey: 'a-secret-key-that-is-wrong' } },
	{ what: 'a credential that cannot be right', credential: { sdkAppId: 'abc' } },
	...FAULTY_SERVERS.map(({ name, start }) => ({
		what: `a server that is no good (${name})`,
		start,
	})),
	...[
		['ECONNREFUSED', 'Error'],
		['ECONNRESET', 'Error'],
		['ETIMEDOUT', 'Error'],
		['CERT_HAS_EXPIRED', 'Error'],
		['SOMETHING_NEW', 'SsrfBlockedIpError'],
		['SOMETHING_NEW', 'Error'],
	].map(([code, name]): Situation => {
		const failWith = tellTale(code, name);
		return { what: `an error full of the signed URL (${code}, ${name})`, failWith, holdsUrl: true };
	}),
];

async function runSituation(
	{ step, start, credential, failWith }: Situation,
	onError: OnError,
): Promise<WatchedRun> {
	const server = await start?.();
	return await withSimulator({}, async (simulator) => {
		if (step) simulator.plan('user-1', step);
		hideSession(simulator, 'user-1');
		const options = { timeout: 1000, maxRetries: 0, includeSession: true };
		const setup = setupOf(simulator, numberedUsers(3), options, { onError });
		const baseUrl = server?.baseUrl ?? simulator.url;
		return await runWatched(
			{ ...setup, credential: { ...simulator.credential, baseUrl, ...credential } },
			failWith,
		);
	}).finally(async () => await server?.close());
}

const CASES = SITUATIONS.flatMap((situation) =>
	ON_ERROR_MODES.map((onError) => ({ ...situation, onError })),
);
const results = runPooled(
	CASES.map((situation) => async () => await runSituation(situation, situation.onError)),
	RUNS_AT_ONCE,
);
results.forEach((result) => result.catch(() => {}));

const holdsSecret = (text: string, secrets: string[]): boolean =>
	secrets.some((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));

test.each(CASES.map((situation, number) => ({ ...situation, number })))(
	'$what leaves no secret in items, errors, hints or stored data, On Error = $onError',
	async ({ number, credential, holdsUrl }) => {
		const { run, thrown, rejections, secrets } = await results[number];

		const said = [
			JSON.stringify(run),
			inspect(run, { ...EVERYTHING, depth: 30 }),
			...thrown.map((error) => inspect(error, { ...EVERYTHING, depth: 10 })),
		].join('\n');
		expect(said).toContain('user-2');
		expect(secrets).toHaveLength(credential?.sdkAppId === 'abc' ? 1 : 2);
		if (holdsUrl) {
			expect(holdsSecret(inspect(rejections, { ...EVERYTHING, depth: 10 }), secrets)).toBe(true);
		}
		// No matcher with the text itself: a failing test must not print the secret either.
		expect(holdsSecret(said, secrets)).toBe(false);
		expect(/usersig=/i.test(said)).toBe(false);
	},
	LONGEST_MS,
);

test(
	'nor does any of it in the log of n8n, at its most talkative',
	async () => {
		const runs = await Promise.all(results);
		const log = await readLog();

		expect(log).toContain(CONTACT_USER.name);
		expect(log).toMatch(/not known whether the user was contacted/);
		for (const { secrets } of runs) expect(holdsSecret(log, secrets)).toBe(false);
		expect(/usersig=/i.test(log)).toBe(false);
	},
	LONGEST_MS,
);

test.each(AGENT_KINDS)('an AI agent that %s never gets to read a secret', async (kind) => {
	await withSimulator({}, async (simulator) => {
		const { credential } = simulator;
		simulator.plan('mia', { fault: 'reset' });
		simulator.planSession('mia', { fault: 'reset' });

		const { run, observations, userSigs } = await runAgentWithTool(kind, {
			calls: users('mia', 'noa'),
			parameters: parameters({ userId: "={{ $fromAI('userId', '', 'string') }}" }),
			credential,
		});

		expect(observations).toHaveLength(2);
		expect(userSigs).toHaveLength(1);
		const said = [JSON.stringify(run), inspect(run, { ...EVERYTHING, depth: 30 }), ...observations];
		expect(holdsSecret(said.join('\n'), [String(credential.secretKey), ...userSigs])).toBe(false);
	});
});
