import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';

export const SECRET_KEY = 'a-key-that-must-stay-in-n8n';

/** A credential that can be right, as n8n hands it over. */
export const CREDENTIAL = {
	dataCenter: 'china',
	sdkAppId: '1400000000',
	adminUserId: 'administrator',
	secretKey: SECRET_KEY,
};

const { authenticate } = new TencentDeskApi();

/** What n8n sends in place of a request that this credential is to sign. */
export async function sign(
	request: Partial<IHttpRequestOptions> & { uri?: string },
	credential: IDataObject = CREDENTIAL,
): Promise<IHttpRequestOptions> {
	if (typeof authenticate !== 'function') throw new Error('authenticate is not a function');
	return await authenticate(credential as never, request as IHttpRequestOptions);
}
