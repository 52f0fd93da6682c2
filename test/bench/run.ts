import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { createCredential } from '../n8n/api';
import { buildPackage } from '../n8n/buildPackage';
import { CREDENTIAL_TYPE } from '../n8n/deskNodes';
import { ensureHost, N8N_VERSION } from '../n8n/host';
import { installPackage } from '../n8n/installPackage';
import { startN8n } from '../n8n/instance';
import type { Sandbox } from '../n8n/sandbox';
import { withSandbox } from '../n8n/withSandbox';
import { AT_DEFAULTS, BARE_LOOP, HTTP_REQUEST, WITHOUT_PACE } from './contenders';
import { makeCertificate, startDesk, type Desk, type DeskOptions } from './desk';
import { createMeasuring, type Measurement } from './measure';
import { planOf, roundsOf, sizePlanOf, type Block } from './plan';
import { runPlainAxios } from './plainAxios';
import { costOf, median, tableOf, type Row } from './table';

const REPOSITORY = join(__dirname, '..', '..');
const isQuick = process.argv.includes('--quick');
/** Only what an item costs by the size of the batch. */
const isCostOnly = process.argv.includes('--cost');
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

	const cost: Row[] = [];
	for (const block of sizePlanOf(isQuick)) {
		cost.push(...(await runBlock(block, await deskOf(block.desk), measure)));
		await publish('cost-per-item.md', costDocument(cost));
	}
	console.log(`\n${costOf(cost)}`);
	if (isCostOnly) return;

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
		await publish('benchmarks.md', document(rows, notes));
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

async function runBlock(
	{ entries }: Block,
	desk: Desk,
	measure: ReturnType<typeof createMeasuring>,
): Promise<Row[]> {
	const contenders = new Set(entries.map(({ contender }) => contender));
	for (const contender of contenders) await measure(contender, desk, WARM_UP);
	const planned = entries.map((entry) => ({ ...entry, runs: [] as Measurement[] }));
	const mostRounds = Math.max(...entries.map(({ rounds }) => rounds));
	for (let round = 0; round < mostRounds; round++) {
		for (const { contender, count, rounds, runs } of rotated(planned, round)) {
			if (round < rounds) runs.push(await measure(contender, desk, count));
		}
	}
	return planned.map(({ contender, count, runs }) => ({
		desk: desk.name,
		count,
		contender: contender.name,
		runs,
	}));
}

/** Each round begins with another entry, since the speed of a machine drifts. */
function rotated<T>(all: T[], by: number): T[] {
	const first = by % all.length;
	return [...all.slice(first), ...all.slice(0, first)];
}

const print = (rows: Row[]) => tableOf(rows, HTTP_REQUEST.name, BARE_LOOP.name);

/** When, on what and with what a page was made. */
function madeBy(command: string): string {
	const [cpu] = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: n8n ${N8N_VERSION} with SQLite, Node ${process.versions.node}, ${cpus().length} cores (${cpu.model.trim()}), ${gigabytes} GiB of memory.`;
}

function costDocument(rows: Row[]): string {
	return `# Cost of an item by the size of the batch

${madeBy('npm run bench -- --cost')}

${WITHOUT_PACE.name}: milliseconds of time, and of the CPU of n8n's process, for each item; medians of ${rows[0].runs.length} rounds, each of which runs all sizes. The ratio is the median of the ratios of each round.

${costOf(rows)}
`;
}

function document(rows: Row[], notes: Map<string, string>): string {
	const desks = [...new Set(rows.map(({ desk }) => desk))];
	const sections = desks.map((desk) => {
		const note = notes.get(desk);
		const table = print(rows.filter((row) => row.desk === desk));
		return [`## Simulator: ${desk}`, '', table, ...(note ? ['', note] : [])].join('\n');
	});
	return `# Benchmarks

${madeBy('npm run bench')} What an item costs by the size of the batch is on [a page of its own](cost-per-item.md).

Every contender sends one signed \`contact_user\` for each item in the same n8n, to a simulated Desk in a process of its own on the same cores, one after another in each round, which each begins with another contender. *ms* is the time of the node alone, median of the runs; the ratios are medians of the runs of the same round, so 0.5 means half the time. *CPU* is n8n's own process. *In flight* is the most that the simulator served at once (with 0 ms it answers at once, so 1 says nothing). *Credential reads* counts decryptions. *Lost* are users who were not contacted at all, in the worst of the runs.

What is not equal: Contact User reads the credential once for each item, since its fields may be expressions, and judges every answer; the bare loop does neither. Both take the user from the item itself; Contact User does so where an expression names a mere field (\`{{ $json.userId }}\`, as here), and asks n8n otherwise, which then costs it what it costs the HTTP Request node. The HTTP Request node would need an IF node behind it, which is not counted. *${AT_DEFAULTS.name}* keeps to 190 requests per second on purpose. Times of another machine differ; ratios hardly do.

${sections.join('\n\n')}
`;
}

withSandbox(bench).catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
