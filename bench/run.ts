import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createCredential } from '../test/n8n/api';
import { buildPackage } from '../test/n8n/buildPackage';
import { CREDENTIAL_TYPE } from '../test/n8n/deskNodes';
import { ensureHost } from '../test/n8n/host';
import { installPackage } from '../test/n8n/installPackage';
import { startN8n } from '../test/n8n/instance';
import type { Sandbox } from '../test/n8n/sandbox';
import { withSandbox } from '../test/n8n/withSandbox';
import { makeCertificate, startDesk, type Desk, type DeskOptions } from './desk';
import { createMeasuring, numbered, type Measure, type Measurement } from './measure';
import { pollsTable } from './polls';
import { operationsPlan, planOf, roundsOf, sizePlanOf, type Block } from './plan';
import { runPlainAxios } from './plainAxios';
import { benchmarksDocument, costDocument, print, printOperations, waitsDocument } from './pages';
import { costOf, median, type Row } from './table';
import { measureWaits, waitsTable } from './waits';

const WAITING_DESK: DeskOptions = { scheme: 'http', latencyMs: 20 };
const REPOSITORY = join(__dirname, '..');
const isQuick = process.argv.includes('--quick');
/** Makes one part only; without it, all of them. `--operations` prints, and takes three minutes; `--waits` takes two. */
const onlyPart = ['--waits', '--cost', '--operations'].find((part) => process.argv.includes(part));
const isWanted = (part: string) => onlyPart === undefined || onlyPart === part;
/** Items that each contender is run with before a block, so that none pays for code that V8 has not compiled yet. */
const WARM_UP = 200;

async function bench(sandbox: Sandbox): Promise<void> {
	await ensureHost(sandbox, console.log);
	await buildPackage(sandbox);
	const certificate = await makeCertificate(sandbox);
	const n8n = await startN8n(sandbox, {
		env: { NODE_EXTRA_CA_CERTS: certificate.certFile },
		install: async (userFolder) => {
			await installPackage(sandbox, REPOSITORY, userFolder);
			await installPackage(sandbox, join(__dirname, 'probes'), userFolder);
		},
	});
	const measure = createMeasuring(n8n);
	const desks = new Map<string, Desk>();
	const deskOf = async (desk: DeskOptions) => {
		const key = JSON.stringify(desk);
		const known = desks.get(key);
		if (known) return known;
		const started = await startDesk(sandbox, desk, certificate);
		const { name, credential: data } = started;
		await createCredential(n8n.rest, { name, type: CREDENTIAL_TYPE, data });
		desks.set(key, started);
		return started;
	};

	if (isWanted('--waits')) {
		const waits = waitsTable(await measureWaits(measure, await deskOf(WAITING_DESK)));
		await publish('waits.md', waitsDocument(waits, await pollsTable()));
		console.log(`\n${waits}`);
	}
	if (isWanted('--cost')) {
		const cost: Row[] = [];
		for (const block of sizePlanOf(isQuick)) {
			cost.push(...(await runBlock(block, await deskOf(block.desk), measure)));
			await publish('cost-per-item.md', costDocument(cost));
		}
		console.log(`\n${costOf(cost)}`);
	}
	const operations: Row[] = [];
	for (const block of isWanted('--operations') ? operationsPlan() : []) {
		const measured = await runBlock(block, await deskOf(block.desk), measure);
		operations.push(...measured);
		console.log(`\n${block.desk.latencyMs} ms\n${printOperations(measured)}`);
	}
	if (onlyPart !== undefined) return;

	const rows: Row[] = [];
	/** What was measured outside n8n, by the name of the simulator. */
	const notes = new Map<string, string>();
	for (const block of planOf(isQuick)) {
		const desk = await deskOf(block.desk);
		if (block.axiosCount !== undefined) {
			notes.set(desk.name, await axiosNote(block.axiosCount, desk, certificate.cert));
			console.log(`\n${notes.get(desk.name)}`);
		}
		const measured = await runBlock(block, desk, measure);
		rows.push(...measured);
		console.log(`\n${desk.name}\n${print(measured)}`);
		// After each block: a run that is interrupted leaves what it has measured.
		await publish('benchmarks.md', benchmarksDocument(rows, notes, operations));
	}
}

async function publish(page: string, text: string): Promise<void> {
	if (!isQuick) await writeFile(join(REPOSITORY, 'docs', page), text);
}

/** Before the contenders, since it would share their cores. */
async function axiosNote(count: number, desk: Desk, ca: string): Promise<string> {
	const times: number[] = [];
	for (let round = 0; round < roundsOf(isQuick); round++) {
		times.push(await runPlainAxios(desk, ca, count));
	}
	const ms = Math.round(median(times));
	return `Outside n8n, axios with keep-alive, ${count} items, median of ${times.length}: ${ms} ms.`;
}

async function runBlock({ entries }: Block, desk: Desk, measure: Measure): Promise<Row[]> {
	const contenders = new Set(entries.map(({ contender }) => contender));
	for (const contender of contenders) await measure(contender, desk, numbered(WARM_UP));
	const planned = entries.map((entry) => ({ ...entry, runs: [] as Measurement[] }));
	const mostRounds = Math.max(...entries.map(({ rounds }) => rounds));
	for (let round = 0; round < mostRounds; round++) {
		for (const { contender, count, users, rounds, runs } of rotated(planned, round)) {
			if (round < rounds) runs.push(await measure(contender, desk, numbered(count, users)));
		}
	}
	return planned.map(({ contender, count, users = count, runs }) => ({
		desk: desk.name,
		...{ count, users },
		contender: contender.name,
		runs,
	}));
}

/** Each round begins with another entry, since the speed of a machine drifts. */
function rotated<T>(all: T[], by: number): T[] {
	const first = by % all.length;
	return [...all.slice(first), ...all.slice(0, first)];
}

withSandbox(bench).catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
