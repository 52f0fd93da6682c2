import { z } from 'zod';
import type { Dialect } from '../dialect';

/** A PageSize of 0 means this many (269/124319). */
const DEFAULT_PAGE_SIZE = 15;

const capped = (size: number, { pageCeiling }: Dialect): number =>
	Math.min(size, pageCeiling ?? size);

/** Pages of PageSize entries; `index` counts from 0. */
export const pageOf = <Item>(
	items: Item[],
	size: number,
	index: number,
	dialect: Dialect,
): Item[] => {
	const length = capped(size === 0 ? DEFAULT_PAGE_SIZE : size, dialect);
	return items.slice(index * length, (index + 1) * length);
};

/** Limit and Offset, of which the pages say "at most 100, default 20" and "default 0". */
export const windowFields = {
	Limit: z.number().int().min(1).max(100).default(20),
	Offset: z.number().int().min(0).default(0),
};

export const windowOf = <Item>(
	items: Item[],
	{ Limit, Offset }: { Limit: number; Offset: number },
	dialect: Dialect,
): Item[] => items.slice(Offset, Offset + capped(Limit, dialect));

/** The count of all entries under the name that the command gives it. */
export const total = (name: 'Total' | 'TotalCount', count: number, dialect: Dialect) =>
	dialect.totals ? { [name]: count } : {};
