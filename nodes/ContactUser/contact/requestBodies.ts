import type { IDataObject } from 'n8n-workflow';

import type { ContactRequest } from '../input/contactRequest';
import type { FieldNames } from '../input/options';

/** The JSON body of contact_user: https://www.tencentcloud.com/document/product/1229/68947 */
export function contactBody(request: ContactRequest, fieldNames: FieldNames): IDataObject {
	const { userId, customerServiceAccount, agentGroup, agent } = request;
	return {
		...(fieldNames === 'table'
			? {}
			: { IMAgentUserID: customerServiceAccount, ClientUserID: userId }),
		...(fieldNames === 'sample'
			? {}
			: { IMAgentUserId: customerServiceAccount, ClientUserId: userId }),
		...(agentGroup === null ? {} : { GroupId: agentGroup }),
		...(agent === null ? {} : { MemberId: agent }),
	};
}

/** The JSON body of get_session_state: https://www.tencentcloud.com/document/product/1229/68825 */
export function sessionBody(userId: string, customerServiceAccount: string): IDataObject {
	return { ClientUserId: userId, CustomerServiceId: customerServiceAccount };
}
