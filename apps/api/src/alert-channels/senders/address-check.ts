/** Which addresses messages are sent to: those of the public internet, and networks that a setting names. */
import { lookup } from 'node:dns/promises';
import { BlockList, type LookupFunction, isIP } from 'node:net';
import { FairSlots } from '@meterhouse/common';

/** Of IPv4, what is not of the public internet (IANA's special-purpose registry), and Azure's metadata service. */
const NOT_PUBLIC_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Public IPv6 addresses are in here, and not in what follows: protocols' own, Teredo, documentation, 6to4. */
const PUBLIC_V6 = ['2000::/3'];
const NOT_PUBLIC_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Addresses that hold one of IPv4 in their last 32 bits: mapped, and translated by NAT64. */
const HOLDS_V4 = ['::ffff:0:0/96', '64:ff9b::/96'];

/** Look-ups hold threads that the engine needs too, and a name server may let them hang. */
const LOOKUPS = { slots: 4, slotsPerAccount: 1, waiting: 1_000, waitingPerAccount: 100 };

/** A target is at an address that messages are not sent to. It does not say which: an account must not learn of it. */
export class RefusedAddressError extends Error {
  constructor(host: string) {
    super(
      `${host} is not at a public address, and WEBHOOK_ALLOWED_NETWORKS does not name its network; nothing was sent.`,
    );
  }
}

export class AddressCheck {
  private readonly allowed: BlockList;
  private readonly refused = listOf(NOT_PUBLIC_V4, 'ipv4');
  private readonly publicV6 = listOf(PUBLIC_V6, 'ipv6');
  private readonly refusedV6 = listOf(NOT_PUBLIC_V6, 'ipv6');
  private readonly holdsV4 = listOf(HOLDS_V4, 'ipv6');
  private readonly lookups = new FairSlots(LOOKUPS);

  /** @param allowedNetworks addresses or ranges, as `WEBHOOK_ALLOWED_NETWORKS` lists them */
  constructor(allowedNetworks: readonly string[]) {
    this.allowed = new BlockList();
    for (const network of allowedNetworks) add(this.allowed, network);
  }

  /** Whether messages are sent to an address, in any spelling that Node gives it. */
  allows(address: string): boolean {
    const version = isIP(address);
    if (version === 0) return false;
    if (version === 4) return this.allowed.check(address, 'ipv4') || !this.refused.check(address, 'ipv4');
    const [plain = ''] = address.split('%');
    if (this.allowed.check(plain, 'ipv6')) return true;
    if (this.holdsV4.check(plain, 'ipv6')) return this.allows(lastBitsOf(plain));
    return this.publicV6.check(plain, 'ipv6') && !this.refusedV6.check(plain, 'ipv6');
  }

  /** @throws RefusedAddressError for the host of a URL that is an address not to be sent to; a name is looked up later */
  checkLiteral(host: string): void {
    const address = host.replace(/^\[(.*)\]$/, '$1');
    if (isIP(address) !== 0 && !this.allows(address)) throw new RefusedAddressError(host);
  }

  /**
   * Looks a name up for a connection that is being made, so that what was checked is what is connected to. One address
   * that is refused refuses the name.
   * @param account whose turn it is, where many look up
   */
  lookupFor(account: string, signal: AbortSignal): LookupFunction {
    return (host, options, answer) => {
      this.resolved(host, account, signal).then(
        (found) => {
          const [first] = found;
          if (options.all === true) answer(null, found);
          else answer(null, first?.address ?? '', first?.family ?? 4);
        },
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error)), ''),
      );
    };
  }

  private async resolved(host: string, account: string, signal: AbortSignal) {
    const release = await this.lookups.take(account, signal);
    try {
      const found = await lookup(host, { all: true });
      if (found.length === 0 || !found.every(({ address }) => this.allows(address))) {
        throw new RefusedAddressError(host);
      }
      return found;
    } finally {
      release();
    }
  }
}

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function add(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/');
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
}

/** The IPv4 address in the last 32 bits of an IPv6 address. @example lastBitsOf('64:ff9b::7f00:1') === '127.0.0.1' */
function lastBitsOf(address: string): string {
  const dotted = /\d+\.\d+\.\d+\.\d+$/.exec(address);
  if (dotted) return dotted[0];
  const last = address
    .slice(address.lastIndexOf('::') + 1)
    .split(':')
    .slice(-2);
  const [high = 0, low = 0] = last.map((group) => parseInt(group === '' ? '0' : group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
