import type { Command } from './command';
import { getImAgentList, getMemberGroupList, getMemberList, getMemberListInGroup } from './lists';
import { setMemberStatus } from './members';
import { sendMessage } from './messages';
import { endSession, getSessionState } from './sessions';

/** Every command but contact_user, which can be scripted and has a room of its own. */
export const COMMANDS = new Map<string, Command>([
	['get_session_state', getSessionState],
	['end_session', endSession],
	['send_msg', sendMessage],
	['get_im_agent_list', getImAgentList],
	['get_member_group_list', getMemberGroupList],
	['get_member_list', getMemberList],
	['get_member_list_in_group', getMemberListInGroup],
	['set_member_status', setMemberStatus],
]);
