import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '@meterhouse/common';
import { SecretBox, UnreadableSecretsError } from './secret-box';

let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-'))));
afterEach(() => rm(folder, { recursive: true }));

const boxOf = async (env: Record<string, string> = {}): Promise<SecretBox> => {
  const box = new SecretBox(loadSettings({ DATA_DIR: folder, ...env }));
  await box.onModuleInit();
  return box;
};

const SECRETS = { target: 'https://example.com/', secret: 'whsec_abc' };

it('opens what it sealed, also after a restart, for the same channel alone', async () => {
  const sealed = (await boxOf()).seal('chn_1', SECRETS);
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('example');
  const box = await boxOf();
  expect(box.open('chn_1', sealed)).toEqual(SECRETS);
  expect(() => box.open('chn_2', sealed)).toThrow(UnreadableSecretsError);
  expect(box.seal('chn_1', SECRETS)).not.toBe(sealed);
});

it('keeps its key in a file that only its owner reads, unless SECRETS_KEY is set', async () => {
  await boxOf({ SECRETS_KEY: 'k'.repeat(32) });
  await expect(stat(join(folder, 'secrets.key'))).rejects.toThrow('ENOENT');
  await boxOf();
  expect((await stat(join(folder, 'secrets.key'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, 'secrets.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
});

it('opens nothing under another key, and nothing that was changed or cut', async () => {
  const box = await boxOf({ SECRETS_KEY: 'a'.repeat(32) });
  const sealed = box.seal('chn_1', SECRETS);
  const other = await boxOf({ SECRETS_KEY: 'b'.repeat(32) });
  expect(() => other.open('chn_1', sealed)).toThrow('encrypted under another SECRETS_KEY');
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  for (const damaged of ['', 'AAAA', sealed.slice(0, 40), bytes.toString('base64')]) {
    expect(() => box.open('chn_1', damaged)).toThrow(UnreadableSecretsError);
  }
});
