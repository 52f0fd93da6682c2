import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** True for an address of this machine's loopback, IPv4 written as IPv6 included; false for any name. */
export const isLoopbackAddress = (address: string): boolean => {
	const version = isIP(address);
	return version !== 0 && LOOPBACK.check(address, version === 6 ? 'ipv6' : 'ipv4');
};

/** The same for the host of a URL, where `localhost` counts when it leads to loopback and nowhere else. */
export const isLoopbackHost = async (hostname: string): Promise<boolean> => {
	if (hostname !== 'localhost') return isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''));
	const addresses = await lookup(hostname, { all: true });
	return addresses.every(({ address }) => isLoopbackAddress(address));
};
