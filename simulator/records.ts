/** A session record in describe_im_cdr_list's own field names, 1229/68823. */
export interface SessionRecord {
	SessionId: string;
	/** A String here, though the other commands have an Integer. */
	AgentGroupId: string;
	AgentGroupName: string;
	AgentId: string;
	ChannelType: string;
	ClientUserId: string;
	ClientUserNickName: string;
	/** Seconds. */
	Duration: number;
	EndStatus: string;
	/** 1 to 5; null when nobody rated the session. */
	SatisfactionSelected: number | null;
	/** Epoch seconds. */
	Timestamp: number;
}

/** Only `AgentEndedSession` stands on a page (1229/68823), in its sample; the others are our words. */
export const END_STATUS = {
	agent: 'AgentEndedSession',
	user: 'UserEndedSession',
	timeOut: 'TimeoutEndedSession',
} as const;

export type EndedBy = keyof typeof END_STATUS;

/** A whole record from what a test says of it: the rest is a conversation of a minute with Anna that nobody rated. */
export const recordOf = (
	said: Partial<SessionRecord> & Pick<SessionRecord, 'SessionId' | 'Timestamp'>,
): SessionRecord => ({
	AgentGroupId: '1001',
	AgentGroupName: 'Sales',
	AgentId: 'anna@example.com',
	ChannelType: 'SDK',
	ClientUserId: 'mia',
	ClientUserNickName: '',
	Duration: 60,
	EndStatus: END_STATUS.agent,
	SatisfactionSelected: null,
	...said,
});

/** Adds records, or changes the fields said of those whose SessionId is there already: a rating that comes late. */
export const mergeRecords = (
	records: SessionRecord[],
	said: Array<Partial<SessionRecord> & Pick<SessionRecord, 'SessionId'>>,
	nowSeconds: number,
): void => {
	const known = new Map(records.map((record) => [record.SessionId, record]));
	for (const fields of said) {
		const record = known.get(fields.SessionId);
		if (record === undefined) {
			const made = recordOf({ Timestamp: nowSeconds, ...fields });
			known.set(made.SessionId, made);
			records.push(made);
		} else {
			Object.assign(record, fields);
		}
	}
};
