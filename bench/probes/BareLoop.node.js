/** The limit of what n8n's HTTP helper allows: the credential once, one signed POST for each item, nothing else. */
exports.BareLoop = class BareLoop {
	description = {
		displayName: 'Bare Loop',
		name: 'bareLoop',
		group: ['output'],
		version: 1,
		description: 'Benchmark only',
		defaults: { name: 'Bare Loop' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'tencentDeskApi', required: true }],
		properties: [{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 50 }],
	};

	async execute() {
		const items = this.getInputData();
		const data = await this.getCredentials('tencentDeskApi', 0);
		const decrypted = { credentialsDecrypted: { id: '', name: '', type: 'tencentDeskApi', data } };
		const results = new Array(items.length);
		let next = 0;
		const worker = async () => {
			while (next < items.length) {
				const item = next++;
				const user = items[item].json.userId;
				const account = '@customer_service_account';
				const json = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'tencentDeskApi',
					{
						method: 'POST',
						url: `${data.baseUrl}/v4/desk_http_svc/contact_user`,
						body: {
							IMAgentUserID: account,
							IMAgentUserId: account,
							ClientUserID: user,
							ClientUserId: user,
						},
						json: true,
					},
					decrypted,
				);
				results[item] = { json, pairedItem: { item } };
			}
		};
		const count = this.getNodeParameter('concurrency', 0);
		await Promise.all(Array.from({ length: count }, worker));
		return [results];
	}
};
