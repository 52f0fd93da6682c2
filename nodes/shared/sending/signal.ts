/** Something that is given once, for all who wait for it. */
export interface Signal {
	given: Promise<void>;
	give: () => void;
}

export function newSignal(): Signal {
	let give = () => {};
	const given = new Promise<void>((resolve) => {
		give = resolve;
	});
	return { given, give };
}
