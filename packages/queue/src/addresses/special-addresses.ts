import { BlockList, isIPv6 } from 'node:net';

/** What IANA's registries of special-purpose addresses keep from the public internet, and multicast. */
const SPECIAL_V4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';

/** Within 2000::/3, which alone is public: among them tunnels that lead to any IPv4 address. */
const SPECIAL_V6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';

const special = listOf(SPECIAL_V4, 'ipv4');
const specialV6 = listOf(SPECIAL_V6, 'ipv6');
const publicV6 = listOf('2000::/3', 'ipv6');

/** Whether an IP address is one of this machine, of a private network, or otherwise not of the public internet. */
export function isSpecialAddress(address: string): boolean {
  if (!isIPv6(address)) return special.check(address, 'ipv4');
  return !publicV6.check(address, 'ipv6') || specialV6.check(address, 'ipv6');
}

function listOf(networks: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks.split(' ')) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
