/** Codes, with the vendor's meaning in a builder's words: what happened, and what to do next. `retryLater` where it differs from the class of the codes. */
export type Rows = Record<number, [message: string, advice: string, retryLater?: boolean]>;

const CHECK_KEY =
	'Copy the SDKAppID and the secret key of the same application from the Tencent Cloud Chat console into the credential.';
const CHECK_SIGNER =
	'Check SDKAppID, Administrator UserID and Secret Key in the credential, then test the credential.';
const CHECK_ADMIN =
	'In the Tencent Cloud Chat console, make the Administrator UserID an administrator, or enter another administrator in the credential.';
const CHECK_APP =
	'Check the state of the application in the Tencent Cloud console, or ask Tencent Cloud support.';
const CHECK_REGION =
	'In the credential, choose the data center where the application was created, and check the SDKAppID.';
export const CHECK_BILLING =
	'Check the package and the balance of the application in the Tencent Cloud console.';

// Public codes: https://cloud.tencent.com/document/product/679/131708 and https://trtc.io/document/34348;
// 70002 70005 70052 70114 70403: comments in the headers of Tencent's TIMSDK on GitHub;
// 70346: only seen, https://github.com/tencentyun/imsdk_restapi-nodejs-sdk/issues/1
/** Every request of the application would be refused alike, whatever the command. */
export const CREDENTIAL_CODES: Rows = {
	141000: [
		'The application is not a Desk application.',
		'Turn on Desk for this SDKAppID in the Tencent Cloud console, or use the SDKAppID of a Desk application.',
	],
	60004: ['Tencent could not check the account or the signature of the request.', CHECK_SIGNER],
	60005: ['Tencent could not check the account or the signature of the request.', CHECK_SIGNER],
	60006: ['The SDKAppID is not valid.', CHECK_KEY],
	60012: ['The request has no SDKAppID.', CHECK_SIGNER],
	60016: ['The SDKAppID is disabled.', CHECK_APP],
	60020: [
		'The package of the application has expired, is not paid, or was never bought.',
		CHECK_BILLING,
	],
	60021: [
		'Tencent does not accept requests from the IP address of this n8n.',
		'Ask Tencent Cloud support to allow the IP address of your n8n for this SDKAppID.',
	],
	60025: ['SDKAppID, administrator or signature of the request is wrong.', CHECK_SIGNER],
	60026: ['The application does not belong to the chosen data center.', CHECK_REGION],
	70001: ['The signature has expired.', 'Check that the clock of the n8n server is right.'],
	70002: ['The request has no signature.', CHECK_SIGNER],
	70003: ['Tencent could not read the signature.', CHECK_SIGNER],
	70005: ['The signature was refused.', CHECK_SIGNER],
	70009: ['The secret key does not belong to this SDKAppID.', CHECK_KEY],
	70013: ['The signature was made for another administrator.', CHECK_SIGNER],
	70014: ['The signature was made for another SDKAppID.', CHECK_KEY],
	70016: ['The chosen data center has no key for this SDKAppID.', CHECK_REGION],
	70020: ['The chosen data center does not know this SDKAppID.', CHECK_REGION],
	70050: [
		'Too many wrong signatures were sent, so Tencent has locked the application for about a minute.',
		'Correct the secret key in the credential, wait a minute, then run the workflow again.',
		true,
	],
	70051: ['The administrator account is on the blocklist.', CHECK_APP],
	70052: ['The signature is no longer valid.', CHECK_SIGNER],
	70114: ['Tencent has restricted the account for security reasons.', CHECK_APP],
	70346: ['Tencent refused the signature.', CHECK_SIGNER],
	20002: ['The signature has expired or was refused.', CHECK_SIGNER],
	80005: [
		'Tencent has stopped the service of the application, since it expired or is not paid.',
		CHECK_BILLING,
	],
};

/** The same command would be refused alike for all of the same application. */
export const APP_CODES: Rows = {
	60010: ['The Administrator UserID is not an administrator of the application.', CHECK_ADMIN],
	60017: ['Tencent has disabled this request for the application.', CHECK_APP],
	60027: ['Applications of this kind do not allow this request.', CHECK_APP],
	60028: ['The daily request volume of the trial edition is used up.', CHECK_BILLING, true],
	70403: ['The request needs an administrator of the application.', CHECK_ADMIN],
	90009: ['The request needs an administrator of the application.', CHECK_ADMIN],
	10007: ['The administrator may not do this.', CHECK_ADMIN],
};
