import { likelyMistake } from '../../../nodes/ContactUser/hints';

test.each(['mia@example.com', 'mia.lee+crm@mail.example.co.uk'])('%s is an address', (userId) => {
	expect(likelyMistake(userId)).toBe('looks like an e-mail address');
});

test.each([
	'+8613800138000',
	'+86 138-0013-8000',
	'+49 (30) 1234567',
	'+1.555.123.4567',
	'(555) 123-4567',
	'555-123-4567',
	'555 123 4567',
	'138 0013 8000',
	'138-0013-8000',
	'13800138000',
])('%s is a phone number', (userId) => {
	expect(likelyMistake(userId)).toBe('looks like a phone number');
});

test.each([
	'',
	'crm-4711',
	'4711',
	'1234567890',
	'0000012345',
	'107525684321',
	'1700000000000',
	'7615917337495251231',
	'12800138000',
	'2024-10-01',
	'2024-10-01-0001',
	'550e8400-e29b-41d4-a716',
	'@customer_service_account',
	'@RBT#001',
	'mia@home',
	'mia @example.com',
	'+1234',
	'+user12345678',
	'555-123 4567',
	'administrator',
])('%j may well be a User ID', (userId) => {
	expect(likelyMistake(userId)).toBeUndefined();
});
