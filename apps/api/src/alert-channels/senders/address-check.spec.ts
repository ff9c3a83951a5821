import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { AddressCheck } from './address-check';
import { Poster } from './post';

const never = new AbortController().signal;

const REFUSED = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::',
  '64:ff9b::1',
  '64:ff9b:1::a00:1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '100::1',
  'not an address',
];

const ALLOWED = [
  '1.1.1.1',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.0.1',
  '172.32.0.1',
  '223.255.255.255',
  '::ffff:1.1.1.1',
  '64:ff9b::101:101',
  '2606:4700:4700::1111',
  '2a00:1450:4001::8a',
];

describe('AddressCheck', () => {
  it.each(REFUSED)('refuses %s', (address) => {
    expect(new AddressCheck([]).allows(address)).toBe(false);
  });

  it.each(ALLOWED)('allows %s', (address) => {
    expect(new AddressCheck([]).allows(address)).toBe(true);
  });

  it('allows networks that a setting names, in each spelling, and no others', () => {
    const check = new AddressCheck(['10.1.0.0/16', '127.0.0.1', 'fd00::/8']);
    for (const address of ['10.1.255.255', '::ffff:10.1.0.1', '64:ff9b::a01:1', '127.0.0.1', 'fd12::1']) {
      expect([address, check.allows(address)]).toEqual([address, true]);
    }
    for (const address of ['10.2.0.1', '127.0.0.2', '::1', 'fc00::1', '::ffff:10.2.0.1']) {
      expect([address, check.allows(address)]).toEqual([address, false]);
    }
  });
});

describe('a post', () => {
  const server = createServer();
  let connections = 0;
  let port: number;

  beforeAll(async () => {
    server.on('connection', (socket) => {
      connections++;
      socket.destroy();
    });
    server.listen(0);
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => void server.close());

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '127。0。0。1',
    'localhost',
    'LOCALHOST',
    'localhost.',
  ])('does not reach %s', async (host) => {
    const posted = { url: `http://${host}:${port}/`, body: '{}', account: 'acme' };
    await expect(new Poster(new AddressCheck([])).post(posted, never)).rejects.toThrow(
      /is not at a public address|ENOTFOUND|EAI_AGAIN/,
    );
    expect(connections).toBe(0);
  });

  it('says nothing of the address that a name has', async () => {
    const posted = { url: `http://localhost:${port}/`, body: '{}', account: 'acme' };
    await expect(new Poster(new AddressCheck([])).post(posted, never)).rejects.toThrow(
      'localhost is not at a public address, and WEBHOOK_ALLOWED_NETWORKS does not name its network; nothing was sent.',
    );
  });

  it('connects to what was checked: a name is looked up once for a connection', async () => {
    const check = new AddressCheck(['127.0.0.0/8', '::1']);
    let looked = 0;
    const { lookupFor } = check;
    check.lookupFor = (...whose) => {
      const lookup = lookupFor.apply(check, whose);
      return (...args) => {
        looked++;
        lookup(...args);
      };
    };
    const posted = { url: `http://localhost:${port}/`, body: '{}', account: 'acme' };
    await expect(new Poster(check).post(posted, never)).rejects.toThrow(/hang up|ECONNRESET|EPIPE/);
    expect(looked).toBe(1);
    expect(connections).toBeGreaterThan(0);
  });
});
