import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Settings } from '@meterhouse/common';
import { Disk, isMissing } from '../storage/disk';
import type { ChannelSecrets } from './channel';

/** In the data folder: the key where `SECRETS_KEY` gives none. */
const KEY_FILE = 'secrets.key';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what channels need as it is: addresses with their credentials, and signing secrets. The key is made from
 * `SECRETS_KEY`, so that who has the disk or the database without it reads nothing; where that is unset, from a file of
 * random bytes in the data folder, so that who has the database alone reads nothing.
 */
@Injectable()
export class SecretBox implements OnModuleInit {
  private key = Buffer.alloc(0);

  constructor(private readonly settings: Settings) {}

  /** The data folder is this process's own by now. @throws Error when the key file cannot be read or made */
  async onModuleInit(): Promise<void> {
    const { channels, storage } = this.settings;
    const secret = channels.secretsKey ?? (await keyOfFolder(storage.dataDir));
    this.key = createHmac('sha256', secret).update('alert-channels').digest();
  }

  /** @param channelId binds the text to its channel: it opens for no other */
  seal(channelId: string, secrets: ChannelSecrets): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(Buffer.from(channelId));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws UnreadableSecretsError for what was sealed under another key, or for another channel */
  open(channelId: string, sealed: string): ChannelSecrets {
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(channelId)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
      // Nobody else can have made a text that passes its check.
      return JSON.parse(text) as ChannelSecrets;
    } catch (error) {
      throw new UnreadableSecretsError(
        'The secrets of this channel were encrypted under another SECRETS_KEY, or in another DATA_DIR; bring that back, or delete the channel and create another.',
        { cause: error },
      );
    }
  }
}

/** The key of today is not the one that secrets were encrypted under. */
export class UnreadableSecretsError extends Error {}

async function keyOfFolder(dataDir: string): Promise<string> {
  const path = join(dataDir, KEY_FILE);
  const known = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  if (known.trim() !== '') return known.trim();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const made = randomBytes(32).toString('hex');
  await new Disk().replace(path, Buffer.from(`${made}\n`));
  return made;
}
