import './quiet';

import { trustRawTls } from '../engine/rawTls';
import { cellsOf, cellsOfServer, type Cell } from './cells';
import { FAULT_KINDS } from './faultKinds';
import { FAULTY_SERVERS, slowDownLookUps } from './faultyServers';
import { printFigures } from './figures';
import { RUNS_ALL } from './howMuch';
import { runPooled } from './pool';
import { runCell, type CellResult } from './runCell';
import { watchForStalls } from './stalls';

const CELLS_AT_ONCE = 48;
/** Prime, and no divisor of the number of cells. */
const STRIDE = 101;
const LONGEST_MS = 300_000;

const CELLS = cellsToRun([...FAULT_KINDS.map(cellsOf), ...FAULTY_SERVERS.map(cellsOfServer)]);

/** All of them, or one of each fault: another mode, concurrency and company from fault to fault. */
function cellsToRun(cellsOfFaults: Cell[][]): Cell[] {
	if (RUNS_ALL) return cellsOfFaults.flat();
	return cellsOfFaults.map((cells, number) => cells[number % cells.length]);
}

/** Cells that only wait and cells that only work take turns, or the latter would starve each other. */
const STARTING_ORDER = CELLS.map((_cell, turn) => (turn * STRIDE) % CELLS.length);

const results: Array<Promise<CellResult>> = [];
const startedAt = Date.now();
const stalls = watchForStalls();

beforeAll(async () => {
	await trustRawTls();
	slowDownLookUps();
	const started = runPooled(
		STARTING_ORDER.map((number) => async () => await runCell(CELLS[number], stalls)),
		CELLS_AT_ONCE,
	);
	STARTING_ORDER.forEach((number, turn) => (results[number] = started[turn]));
	// A test looks at each of them; until then nobody does.
	results.forEach((result) => result.catch(() => {}));
});

const withoutDoubts = (unexpected: string[]): string[] =>
	unexpected.filter((text) => !/ is [unconfirmed,]+ instead of/.test(text));

describe.each([...new Set(CELLS.map(({ fault }) => fault))])('%s', (fault) => {
	const cells = CELLS.map((cell, number) => ({ ...cell, number }));
	test.each(cells.filter((cell) => cell.fault === fault))(
		'On Error = $onError, Single Output $singleOutput, $maxTries tries, $concurrency at once, $company: nobody twice, nobody forgotten, every report true',
		async ({ number }) => {
			const { violations, unexpected, strained } = await results[number];
			expect(violations).toEqual([]);
			// A machine that stands still makes time-outs, which leave more doubts, but true ones.
			expect(strained ? withoutDoubts(unexpected) : unexpected).toEqual([]);
		},
		LONGEST_MS,
	);
});

afterAll(async () => {
	stalls.stop();
	const settled = await Promise.allSettled(results);
	const done = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
	const sum = (value: (result: CellResult) => number) =>
		done.reduce((total, result) => total + value(result), 0);
	printFigures('Fault matrix', [
		{
			faults: FAULT_KINDS.length + FAULTY_SERVERS.length,
			cells: CELLS.length,
			batches: sum(({ runs }) => runs),
			items: sum(({ runs, items }) => runs * items),
			contacted: sum(({ contacted }) => contacted),
			unconfirmed: sum(({ unconfirmed }) => unconfirmed),
			violations: sum(({ violations }) => violations.length),
			unexpected: sum(({ unexpected }) => unexpected.length),
			strained: done.filter(({ strained }) => strained).length,
			seconds: Math.round((Date.now() - startedAt) / 1000),
		},
	]);
});
