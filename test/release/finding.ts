/** What a look at one part of the release gave. */
export interface Finding {
	part: string;
	/** What was looked at and is right, for the summary. */
	good: string;
	/** What must be mended, in sentences. */
	mend: string[];
	/** What is left for the day of the release, in sentences: fine in a rehearsal, not any more on a tag. */
	toDo: string[];
}

/** On a tag nothing may be left to do. */
export function asOnTag({ mend, toDo, ...others }: Finding): Finding {
	return { ...others, mend: [...mend, ...toDo], toDo: [] };
}

/** What a person reads at the end. */
export function summaryOf(version: string, findings: Finding[]): string {
	const width = Math.max(...findings.map(({ part }) => part.length));
	const mend = findings.flatMap((finding) => finding.mend);
	const toDo = findings.flatMap((finding) => finding.toDo);
	const lines = findings.map((finding) => {
		const others = [...finding.mend, ...finding.toDo];
		const text = others.length === 0 ? finding.good : `${things(others)}, see below`;
		return `  ${stateOf(finding).padEnd(5)}  ${finding.part.padEnd(width)}  ${text}`;
	});
	const lists = [
		...listOf(`${things(mend)} to mend:`, mend),
		...listOf(`${things(toDo)} to do before the tag:`, toDo),
	];
	return [
		`Rehearsal of release ${version}`,
		...lines,
		...lists,
		'',
		closing(version, mend, toDo),
	].join('\n');
}

function stateOf({ mend, toDo }: Finding): string {
	if (mend.length > 0) return 'MEND';
	return toDo.length > 0 ? 'to do' : 'ok';
}

function things({ length }: string[]): string {
	return length === 1 ? '1 thing' : `${length} things`;
}

function listOf(heading: string, sentences: string[]): string[] {
	if (sentences.length === 0) return [];
	return ['', heading, ...sentences.map((sentence, index) => `  ${index + 1}. ${sentence}`)];
}

function closing(version: string, mend: string[], toDo: string[]): string {
	if (mend.length > 0) return `Not ready: ${things(mend)} to mend.`;
	if (toDo.length > 0)
		return `The package is in order; ${things(toDo)} left to do before the tag ${version}.`;
	return `Ready: a pushed tag ${version} publishes it.`;
}
