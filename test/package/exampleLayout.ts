import type { Workflow, WorkflowNode } from '../n8n/workflow';

/** The canvas snaps to this, in pixels. */
const GRID = 20;
const NODE_SIZE = 100;
/** The name stands under its node, in two lines at most, and may be wider than the node. */
const LABEL = { height: 60, overhang: 40 };
/** A node with more than two outputs grows by this for each. */
const HEIGHT_PER_OUTPUT = 32;
/** An output that leads nowhere has a line and a plus to its right. */
const PLUS_WIDTH = 80;
/** Measured in the editor of n8n 2.41, in pixels. */
const NOTE = { paddingX: 30, paddingY: 26, blockGap: 9, itemGap: 3, itemIndent: 24 };
const TEXT = { charWidth: 6.8, lineHeight: 18 };
const HEADING = { charWidth: 11.5, lineHeight: 30 };

/** The canvas of the editor on a laptop's screen, in pixels, and the zoom below which notes are too small to read. */
const SCREEN = { width: 1300, height: 780 };
export const READABLE_ZOOM = 0.8;

interface Rectangle {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

interface NoteParameters {
	content: string;
	width: number;
	height: number;
}

export function isNote({ type }: WorkflowNode): boolean {
	return type === 'n8n-nodes-base.stickyNote';
}

export function noteOf(node: WorkflowNode): NoteParameters {
	return node.parameters as unknown as NoteParameters;
}

/** What is wrong with where nodes and notes stand, in sentences. */
export function layoutFaults(workflow: Workflow): string[] {
	const places = workflow.nodes.map((node) => placeOf(node, workflow));
	return [
		...places.flatMap((place, index) =>
			places
				.slice(index + 1)
				.filter((other) => overlap(place, other))
				.map((other) => `${place.name} and ${other.name} overlap`),
		),
		...workflow.nodes.filter(isOffGrid).map(({ name }) => `${name} is not on the grid`),
		...workflow.nodes
			.filter((node) => isNote(node) && !textFits(noteOf(node)))
			.map(({ name, parameters }) => `the text of ${name} needs more than ${parameters.height} px`),
	];
}

/** The zoom at which the whole canvas fits the screen. */
export function fitZoom(workflow: Workflow): number {
	const places = workflow.nodes.map((node) => placeOf(node, workflow));
	const reach = (edges: number[]) => Math.max(...edges) - Math.min(...edges);
	const width = reach(places.flatMap(({ left, right }) => [left, right]));
	const height = reach(places.flatMap(({ top, bottom }) => [top, bottom]));
	return Math.min(SCREEN.width / width, SCREEN.height / height);
}

function placeOf(node: WorkflowNode, { connections }: Workflow): Rectangle {
	const [left, top] = node.position;
	if (isNote(node)) {
		const { width, height } = noteOf(node);
		return { name: node.name, left, top, right: left + width, bottom: top + height };
	}
	const outputs = connections[node.name]?.main?.length ?? 0;
	const height = NODE_SIZE + Math.max(0, outputs - 2) * HEIGHT_PER_OUTPUT;
	return {
		name: node.name,
		left: left - LABEL.overhang,
		top,
		right: left + NODE_SIZE + (outputs === 0 ? PLUS_WIDTH : LABEL.overhang),
		bottom: top + height + LABEL.height,
	};
}

function overlap(a: Rectangle, b: Rectangle): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isOffGrid(node: WorkflowNode): boolean {
	const numbers = [...node.position];
	if (isNote(node)) numbers.push(noteOf(node).width, noteOf(node).height);
	return numbers.some((number) => number % GRID !== 0);
}

function textFits({ content, width, height }: NoteParameters): boolean {
	const blocks = content.split('\n\n');
	const heights = blocks.map((block) =>
		block
			.split('\n')
			.map((line) => lineHeight(line, width - NOTE.paddingX))
			.reduce((sum, each) => sum + each, NOTE.blockGap),
	);
	return heights.reduce((sum, each) => sum + each, NOTE.paddingY) <= height;
}

function lineHeight(line: string, width: number): number {
	const { charWidth, lineHeight } = line.startsWith('#') ? HEADING : TEXT;
	const isItem = /^(-|\d+\.) /.test(line);
	const shown = line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`#]/g, '');
	const room = isItem ? width - NOTE.itemIndent : width;
	const lines = Math.max(1, Math.ceil((shown.trim().length * charWidth) / room));
	return lines * lineHeight + (isItem ? NOTE.itemGap : 0);
}
