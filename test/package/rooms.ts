import type { Import, Imports } from './imports';

const CREDENTIALS = 'credentials';
const DESK = 'nodes/shared/desk';
const SENDING = 'nodes/shared/sending';
const DELIVERY = 'nodes/shared/delivery';
const N8N = 'nodes/shared/n8n';
const SHARED = [CREDENTIALS, DESK, SENDING, DELIVERY, N8N];

/** Every room, from the lowest to the highest, and the rooms below that it may use. A new room gets its place here. */
const ROOMS: Array<{ folder: string; uses: string[] }> = [
	{ folder: CREDENTIALS, uses: [] },
	{ folder: DESK, uses: [CREDENTIALS] },
	{ folder: SENDING, uses: [] },
	{ folder: DELIVERY, uses: [CREDENTIALS, DESK, SENDING] },
	{ folder: N8N, uses: [CREDENTIALS, DESK, SENDING, DELIVERY] },
	...roomsOf('nodes/TencentDesk', ['fields', 'operations']),
];

/** The rooms of a node, from the lowest to the highest; each may use all below it. */
function roomsOf(node: string, names: string[]): Array<{ folder: string; uses: string[] }> {
	const folders = [...names.map((name) => `${node}/${name}`), node];
	return folders.map((folder, place) => ({
		folder,
		uses: [...SHARED, ...folders.slice(0, place)],
	}));
}

/** Sending knows neither Desk nor n8n; n8n's `sleep` is the one timer that published code may have. */
const SENDING_TAKES: Import = { from: 'n8n-workflow', names: ['sleep'] };

/** Every import that goes up, aside, or into no room, in sentences. */
export function roomFaults(imports: Imports): string[] {
	return Object.entries(imports).flatMap(([file, wanted]) => {
		const room = roomOf(file);
		if (!room) return [`${file} stands in no room`];
		return wanted
			.filter((each) => !mayImport(room, each))
			.map(({ from, names }) =>
				from.includes('/') && from.endsWith('.ts')
					? `${file} imports ${from}`
					: `${file} imports ${names.join(', ')} of ${from}`,
			);
	});
}

function mayImport(room: (typeof ROOMS)[number], { from, names }: Import): boolean {
	if (!from.endsWith('.ts')) {
		if (room.folder !== SENDING) return true;
		return from === SENDING_TAKES.from && names.every((name) => SENDING_TAKES.names.includes(name));
	}
	const target = roomOf(from)?.folder;
	return target !== undefined && (target === room.folder || room.uses.includes(target));
}

/** The room of a file; a node that has no rooms of its own is one, on top of what all nodes share. */
function roomOf(file: string) {
	const inFolder = ({ folder }: { folder: string }) => file.startsWith(`${folder}/`);
	const known = [...ROOMS].sort((a, b) => b.folder.length - a.folder.length).find(inFolder);
	if (known) return known;
	const [node] = /^nodes\/(?!shared\/)[^/]+(?=\/)/.exec(file) ?? [];
	return node && file.split('/').length === 3 ? { folder: node, uses: SHARED } : undefined;
}

/** Files that import each other, types included, as the way round; one for each import that closes a circle. */
export function importCycles(imports: Imports): string[] {
	const found: string[] = [];
	const done = new Set<string>();
	const walk = (file: string, way: string[]): void => {
		const before = way.indexOf(file);
		if (before !== -1) found.push([...way.slice(before), file].join(' -> '));
		if (before !== -1 || done.has(file)) return;
		for (const { from } of imports[file] ?? []) walk(from, [...way, file]);
		done.add(file);
	};
	for (const file of Object.keys(imports).sort()) walk(file, []);
	return found;
}
