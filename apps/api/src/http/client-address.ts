/** Which address a call comes from: the connection's, or what trusted proxies say in `X-Forwarded-For`. */
import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Fastify's `trustProxy` for the proxies of `TRUST_PROXY`; an address may be written with its port.
 * @param ranges addresses and ranges such as `10.0.0.0/8`
 */
export function trustedProxies(ranges: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) trusted.addAddress(address, familyOf(address));
    else trusted.addSubnet(address, Number(bits), familyOf(address));
  }
  return (written) => {
    const address = addressIn(written);
    return address !== undefined && trusted.check(address, familyOf(address));
  };
}

/**
 * The client's IP address without port. Where a proxy passes on something else, the address of the nearest proxy that has
 * one: a made-up name must not make a new client of each call.
 */
export function clientAddress({ ip, ips }: Pick<FastifyRequest, 'ip' | 'ips'>): string {
  // From the connection to the client.
  const hops = ips ?? [ip];
  return hops.map(addressIn).findLast((address) => address !== undefined) ?? 'unknown';
}

/** The address in `ip`, `ip:port`, `[v6]` or `[v6]:port`; undefined when there is none. */
function addressIn(written: string | undefined): string | undefined {
  const text = (written ?? '').replace(/^"(.*)"$/, '$1');
  const [, address = text] = /^\[(.+)\](?::\d+)?$/.exec(text) ?? /^([\d.]+):\d+$/.exec(text) ?? [];
  return isIP(address) === 0 ? undefined : address;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
