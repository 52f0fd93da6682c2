import type { IHttpRequestOptions } from 'n8n-workflow';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';

const CREDENTIAL = {
	dataCenter: 'custom',
	baseUrl: 'http://127.0.0.1:7171',
	sdkAppId: '1400000000',
	adminUserId: 'administrator',
	secretKey: 'a-key',
};

/** What n8n's HTTP Request node asks for; these options are not in n8n's type of today. */
type RequestNodeOptions = IHttpRequestOptions & { useStream?: boolean; simple?: boolean };

const request = (options: Partial<RequestNodeOptions>): RequestNodeOptions => ({
	method: 'POST',
	url: 'http://127.0.0.1:7171/v4/desk_http_svc/get_im_agent_list',
	body: '{}',
	...options,
});

async function sign(options: RequestNodeOptions): Promise<RequestNodeOptions> {
	const { authenticate } = new TencentDeskApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is not a function');
	return await authenticate(CREDENTIAL, options);
}

test.each([{ useStream: true }, { useStream: true, simple: true }])(
	'a request of the HTTP Request node (%j) gets no stream, which would be stored with the signed URL',
	async (options) => {
		const signed = await sign(request(options));

		expect(signed).toEqual({ ...request(options), useStream: false, qs: signed.qs });
		expect(signed.qs).toMatchObject({ usersig: expect.stringMatching(/^eJ/) });
	},
);

test.each([
	{},
	{ useStream: false },
	{ simple: false },
	// n8n pages through answers like this, and reads the stream itself.
	{ useStream: true, simple: false },
])('any other request (%j) is signed and otherwise left as it is', async (options) => {
	const signed = await sign(request(options));

	expect(signed).toStrictEqual({ ...request(options), qs: signed.qs });
});

it('leaves the request that it was given as it was', async () => {
	const given = Object.freeze(request({ useStream: true, qs: Object.freeze({ a: 1 }) }));

	const signed = await sign(given);

	expect(given).toEqual(request({ useStream: true, qs: { a: 1 } }));
	expect(signed.qs).toMatchObject({ a: 1 });
});
