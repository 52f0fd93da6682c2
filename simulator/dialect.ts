/**
 * Which reading this Desk follows where Tencent's pages disagree or are silent. Tests try several, so that a
 * caller does not lean on one of them.
 */
export interface Dialect {
	/** Words of get_session_state: `zh` says NotInSession and Queueing (679/116639), `en` Not in session and Queuing (1229/68825). */
	stateWords: 'zh' | 'en';
	/** The number of the first page of get_member_group_list, which 269/124502 does not say. */
	groupPagesFrom: 0 | 1;
	/** Most entries that a list gives at once, whatever is asked; null for what is asked. */
	pageCeiling: number | null;
	/** False leaves Total and TotalCount out. */
	totals: boolean;
	/** Whether a session record's Timestamp is the session's start or its end, which 1229/68823 does not say. */
	recordTime: 'start' | 'end';
	/** Order of session records, which 1229/68823 does not say; equal Timestamps keep the order of their making. */
	recordOrder: 'newestFirst' | 'oldestFirst';
	/** SatisfactionSelected of a session that nobody rated. */
	unrated: 'zero' | 'absent';
}

export const DEFAULT_DIALECT: Dialect = {
	stateWords: 'zh',
	groupPagesFrom: 1,
	pageCeiling: null,
	totals: true,
	// The harder one for a caller: a record then appears long after its own Timestamp.
	recordTime: 'start',
	recordOrder: 'newestFirst',
	unrated: 'zero',
};
