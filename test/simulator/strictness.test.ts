import { DEFAULT_ACCOUNT } from '../../simulator/world';
import { codeOf, contact, useSimulator } from './client';

const simulator = useSimulator();
const NOW = Math.floor(Date.now() / 1000);
const text = { MsgType: 'TIMTextElem', MsgContent: { Text: 'Hello' } };
const WITH_CHATBOT = 'session-of-with-chatbot';
const WITH_AGENT = 'session-of-in-conversation';
const IN_QUEUE = 'session-of-in-queue';
const UNDER_REPAIR = `${DEFAULT_ACCOUNT}_02`;
const NIGHT_DESK = `${DEFAULT_ACCOUNT}_03`;
const UNKNOWN = { ClientUserID: 'unknown-7' };

const cardWith = (fields: object) => ({
	MsgType: 'TIMCustomElem',
	MsgContent: {
		Data: JSON.stringify({ customerServicePlugin: 0, src: '22', content: {}, ...fields }),
	},
});
const imageInfo = { Type: 1, Width: 640, Height: 480, URL: 'https://example.com/p.png' };
const image = {
	MsgType: 'TIMImageElem',
	MsgContent: { UUID: 'u', ImageFormat: 3, ImageInfoArray: [imageInfo] },
};
const file = {
	MsgType: 'TIMFileElem',
	MsgContent: { UUID: 'u', Url: 'https://example.com/f.pdf', Download_Flag: 2 },
};
const elementWith = (element: typeof image | typeof file, fields: object) => ({
	...element,
	MsgContent: { ...element.MsgContent, ...fields },
});

type Fields = Record<string, unknown>;

/** Of each command: a body that is taken, and what turns it into one that is refused. */
const COMMANDS: Array<{ command: string; taken: Fields; refused: Record<number, Fields[]> }> = [
	{
		// Of two things that are wrong, Desk names the one that the README has first.
		command: 'contact_user',
		taken: contact('mia').body as Fields,
		refused: {
			141001: [{ GroupId: 1003 }, { IMAgentUserID: NIGHT_DESK }],
			141002: [{ IMAgentUserID: UNDER_REPAIR }],
			141003: [{ ClientUserID: 'chatbot-only' }, { ClientUserID: 'chatbot-only', GroupId: 9999 }],
			141011: [{ MemberId: 'dana@example.com' }],
			141012: [{ MemberId: 'eli@example.com' }],
			141013: [{ MemberId: 'chen@example.com' }],
			141015: [{ ClientUserID: 'unknown-7' }, { ...UNKNOWN, IMAgentUserID: UNDER_REPAIR }],
			141016: [
				...[{ ClientUserID: 'in-conversation' }, { ClientUserID: 'in-queue' }],
				{ ClientUserID: 'in-conversation', GroupId: 9999 },
			],
			141017: [{ GroupId: 1004 }],
			141018: [
				...[{ GroupId: 1005 }, { MemberId: 'fay@example.com' }],
				{ GroupId: 1005, MemberId: 'nobody@example.com' },
			],
			141019: [{ GroupId: 9999 }, { GroupId: 9999, MemberId: 'nobody@example.com' }],
			141004: [
				...[{ IMAgentUserID: '@nobody' }, { ...UNKNOWN, IMAgentUserID: '@nobody' }],
				...[{ MemberId: 'nobody@example.com' }, { MemberId: 'ben@example.com', GroupId: 1001 }],
				...[{ ClientUserID: undefined }, { ClientUserID: '' }, { ClientUserID: 7 }],
				...[{ IMAgentUserID: undefined }, { IMAgentUserID: 7 }, { MemberId: 7 }],
				...[{ GroupId: '1001' }, { GroupId: 1001.5 }, { GroupId: null }],
			],
		},
	},
	{
		command: 'get_session_state',
		taken: { ClientUserId: 'mia', CustomerServiceId: DEFAULT_ACCOUNT },
		refused: {
			141004: [{ ClientUserId: undefined }, { CustomerServiceId: undefined }, { SessionId: 7 }],
			141005: [{ SessionId: 'no such' }],
		},
	},
	{
		command: 'end_session',
		taken: { SessionId: 'session-of-in-conversation' },
		refused: {
			141004: [{ SessionId: undefined }],
			141005: [{ SessionId: 'no such' }, { SessionId: WITH_CHATBOT }],
		},
	},
	{
		command: 'transfer_to_human',
		taken: { SessionId: WITH_CHATBOT },
		refused: {
			141003: [{ SessionId: 'session-of-chatbot-only' }],
			141004: [
				...[{ SessionId: undefined }, { SessionId: '' }, { AgentIdList: 'anna@example.com' }],
				...[{ AgentGroupId: '1001' }, { SendTipIfNoAgentOnline: true }, { Tip: 1 }],
				...[{ CheckIfDuringWorkingHours: 2 }, { SendPromptNotDuringWorkingHours: '1' }],
				...[{ EndSessionWhenNoMemberOnline: true }, { DisableQueuing: 2 }],
				...[{ AllowAssignBusyMember: -1 }, { Priority: 10 }, { Priority: '1' }, { Priority: 1.5 }],
				...[{ QueueTimeout: 0 }, { QueueTimeout: '60' }],
			],
			141005: [{ SessionId: 'no such' }],
			141010: [{ AgentIdList: ['anna@example.com', 'nobody'] }],
			141016: [{ SessionId: 'session-of-in-conversation' }],
			141019: [{ AgentGroupId: 9999 }],
		},
	},
	{
		command: 'transfer_session',
		taken: { SessionId: WITH_AGENT, MemberId: 'ben@example.com', GroupId: 1002 },
		refused: {
			141001: [{ MemberId: 'dana@example.com', GroupId: 1003 }, { GroupId: 1001 }],
			141004: [
				...[{ SessionId: undefined }, { SessionId: 7 }, { GroupId: '1002' }, { MemberId: 7 }],
				...[{ MemberId: 'nobody' }, { AgentGroupId: 1002 }],
			],
			141005: [{ SessionId: 'no such' }],
			141020: [{ GroupId: 9999 }],
			141024: [{ MemberId: 'anna@example.com' }],
			141025: [{ MemberId: 'chen@example.com' }, { MemberId: undefined, GroupId: 1004 }],
			141026: [{ SessionId: WITH_CHATBOT }, { SessionId: IN_QUEUE }],
		},
	},
	{
		command: 'end_queuing',
		taken: { SessionID: IN_QUEUE },
		refused: {
			141004: [{ SessionID: undefined }, { SessionID: 7 }, { SessionId: IN_QUEUE }],
			141005: [{ SessionID: 'no such' }],
			141027: [{ SessionID: WITH_CHATBOT }, { SessionID: WITH_AGENT }],
		},
	},
	{
		command: 'mark_session',
		taken: { SessionId: WITH_AGENT, Mark: 'é'.repeat(100), StarStatus: 1, UserTimeoutSwitch: 0 },
		refused: {
			141004: [
				...[{ SessionId: undefined }, { Mark: 'é'.repeat(101) }, { Mark: 7 }, { Mark: null }],
				...[{ StarStatus: 2 }, { StarStatus: true }, { UserTimeoutSwitch: '0' }, { Star: 1 }],
			],
			141005: [{ SessionId: 'no such' }],
		},
	},
	{
		command: 'get_session_mark',
		taken: { SessionId: WITH_AGENT },
		refused: {
			141004: [{ SessionId: undefined }, { SessionId: 7 }, { Mark: '' }],
			141005: [{ SessionId: 'no such' }],
		},
	},
	{
		command: 'set_member_status',
		taken: { MemberMail: 'anna@example.com', Status: 'STATUS_REST', RestReason: 'Lunch' },
		refused: {
			141004: [{ Status: 'FREE' }, { Status: 'STATUS_OFFLINE' }, { RestReason: 'Sunshine' }],
			141010: [{ MemberMail: 'nobody@x' }],
		},
	},
	{
		command: 'send_msg',
		taken: {
			...{ FromAccount: DEFAULT_ACCOUNT, ToAccount: 'mia', MsgRandom: 1 },
			MsgBody: [text, cardWith({}), image, file],
		},
		refused: {
			80002: [{ MsgBody: Array(500).fill(text) }],
			90002: [
				...[{ MsgBody: undefined }, { MsgBody: [] }, { MsgBody: 'Hello' }],
				...[
					{ MsgBody: [{ ...text, MsgType: 'Text' }] },
					{ MsgBody: [{ ...text, MsgContent: {} }] },
					{ MsgBody: [{ ...text, Text: 'Hello' }] },
				],
				...[{ src: 22 }, { customerServicePlugin: '0' }, { content: { title: 'Hello' } }].map(
					(wrong) => ({ MsgBody: [cardWith(wrong)] }),
				),
				{ MsgBody: [cardWith({}), cardWith({})] },
				...[{ UUID: undefined }, { ImageFormat: 5 }, { ImageInfoArray: [] }].map((wrong) => ({
					MsgBody: [elementWith(image, wrong)],
				})),
				...[{ Width: 0 }, { Height: undefined }, { URL: 'picture' }, { Type: 4 }].map((wrong) => ({
					MsgBody: [elementWith(image, { ImageInfoArray: [{ ...imageInfo, ...wrong }] })],
				})),
				...[{ Url: undefined }, { UUID: '' }, { Download_Flag: 1 }, { fileName: 'a' }].map(
					(wrong) => ({ MsgBody: [elementWith(file, wrong)] }),
				),
			],
			90003: [{ ToAccount: undefined }],
			90005: [{ MsgRandom: undefined }, { MsgRandom: 2 ** 32 }],
			90008: [{ FromAccount: 'mia' }],
			90012: [{ ToAccount: 'unknown-1' }],
			141004: [{ FromAccount: undefined, ToAccount: undefined }, { Text: 'Hello' }],
			141005: [{ FromAccount: undefined, ToAccount: undefined, SessionId: 'no such' }],
		},
	},
	{
		command: 'get_member_group_list',
		taken: {},
		refused: {
			141004: [
				...[{ PageSize: 101 }, { PageSize: -1 }, { PageSize: '10' }],
				...[{ PageNumber: 0 }, { PageNumber: 1.5 }],
			],
		},
	},
	{
		command: 'get_member_list',
		taken: { PageSize: 10, PageNum: 0 },
		refused: {
			141004: [
				...[{ PageSize: undefined }, { PageNum: undefined }, { PageSize: 101 }],
				...[{ PageNum: -1 }, { PageNum: '0' }, { Order: 2 }],
			],
		},
	},
	{
		command: 'get_member_list_in_group',
		taken: { PageSize: 10, PageNum: 0, MemberGroupID: 1004 },
		refused: { 141004: [{ MemberGroupID: undefined }, { MemberGroupID: 1 }] },
	},
	{
		command: 'describe_chat_messages',
		taken: { SessionId: 'session-of-in-conversation' },
		refused: {
			141004: [
				...[{ SessionId: undefined }, { SessionId: '' }, { SessionId: 7 }],
				...[{ Limit: 101 }, { Limit: '20' }, { Offset: -1 }, { Order: 0 }, { Order: '1' }],
			],
			141005: [{ SessionId: 'no such' }],
		},
	},
	{
		command: 'describe_im_cdr_list',
		taken: { StartTimestamp: NOW, EndTimestamp: NOW + 86_400 },
		refused: {
			141004: [
				...[{ StartTimestamp: undefined }, { EndTimestamp: undefined }],
				...[{ StartTimestamp: String(NOW) }, { StartTimestamp: NOW + 0.5 }],
				...[{ EndTimestamp: NOW - 1 }, { ClientUserId: 7 }, { Offset: -1 }],
				...[{ Limit: 101 }, { Limit: 0 }, { Limit: '20' }],
			],
		},
	},
	{
		command: 'describe_member_status_trace',
		taken: { BeginTime: NOW - 60, EndTime: NOW + 3600, Order: 1, MemberID: 'anna@example.com' },
		refused: {
			141004: [
				...[{ MemberID: undefined }, { BeginTime: undefined }, { EndTime: undefined }],
				...[{ Order: undefined }, { Order: 0 }, { BeginTime: '1' }, { EndTime: NOW - 61 }],
			],
			141010: [{ MemberID: 'nobody@example.com' }],
		},
	},
];

describe.each(COMMANDS)('$command', ({ command, taken, refused }) => {
	test('takes a body in which everything is right', async () => {
		expect(await codeOf(simulator(), { command, body: taken })).toBe(0);
	});

	test.each(
		Object.entries(refused).flatMap(([code, bodies]) =>
			bodies.map((fields): [string, Fields] => [code, fields]),
		),
	)('answers %s to %j', async (code, fields) => {
		expect(await codeOf(simulator(), { command, body: { ...taken, ...fields } })).toBe(
			Number(code),
		);
		expect([simulator().ledger, simulator().messages]).toEqual([[], []]);
	});
});
