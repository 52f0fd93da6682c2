/** FromAccountRole of describe_chat_messages, 1229/68824. */
export const ROLE_NUMBER = { user: 1, agent: 2, system: 3 } as const;

export type ChatRole = keyof typeof ROLE_NUMBER;

/** One message of a session. */
export interface ChatMessage {
	/** Epoch milliseconds. */
	at: number;
	from: string;
	role: ChatRole;
	/** TIM elements, 1047/33527. */
	body: unknown[];
}

export const textBody = (text: string): unknown[] => [
	{ MsgType: 'TIMTextElem', MsgContent: { Text: text } },
];
