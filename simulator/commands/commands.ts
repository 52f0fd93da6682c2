import type { Command } from './command';
import { getImAgentList, getMemberGroupList, getMemberList, getMemberListInGroup } from './lists';
import { describeChatMessages } from './chatMessages';
import { endQueuing } from './endQueuing';
import { endSession } from './endSession';
import { getSessionMark, markSession } from './marks';
import { setMemberStatus } from './members';
import { sendMessage } from './messages';
import { transferSession } from './reassign';
import { describeReception } from './reception';
import { describeSessionRecords } from './sessionRecords';
import { getSessionState } from './sessionStates';
import { describeStatusTrace } from './statusTrace';
import { transferToHuman } from './transfer';

/** Every command but contact_user, which can be scripted and has a room of its own. */
export const COMMANDS = new Map<string, Command>([
	['get_session_state', getSessionState],
	['end_session', endSession],
	['transfer_to_human', transferToHuman],
	['transfer_session', transferSession],
	['end_queuing', endQueuing],
	['mark_session', markSession],
	['get_session_mark', getSessionMark],
	['describe_im_cdr_list', describeSessionRecords],
	['describe_chat_messages', describeChatMessages],
	['send_msg', sendMessage],
	['get_im_agent_list', getImAgentList],
	['get_member_group_list', getMemberGroupList],
	['get_member_list', getMemberList],
	['get_member_list_in_group', getMemberListInGroup],
	['set_member_status', setMemberStatus],
	['describe_member_status_trace', describeStatusTrace],
	['describe_reception_realtime_statistics', describeReception],
]);
