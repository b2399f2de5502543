import { expect, it } from 'vitest';
import { isSpecialAddress } from '../../src/addresses/special-addresses.js';

/** From IANA's registries of special-purpose addresses: first and last of ranges, and disguises of IPv4. */
const SPECIAL = `
  0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254
  172.16.0.0 172.31.255.255 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.0 198.19.255.255 198.51.100.7
  203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:10::1
  2001:db8::1 2002:7f00:1:: fc00::1 fdff::1 fe80::1 fec0::1 ff02::1 3fff::1 5f00::1`;

const PUBLIC = `
  1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.0.1 172.15.0.1
  172.32.0.0 192.0.1.1 192.167.1.1 198.17.255.255 198.20.0.0 223.255.255.255
  2001:4860:4860::8888 2606:4700::1111 2a00:1450:4001:800::200e`;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

it.each(words(SPECIAL))('%s is not of the public internet', (address) => {
  expect(isSpecialAddress(address)).toBe(true);
});

it.each(words(PUBLIC))('%s is', (address) => {
  expect(isSpecialAddress(address)).toBe(false);
});
