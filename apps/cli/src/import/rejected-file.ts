/** The file that `--rejected` names: the lines that were not taken, as they were. */
import { once } from 'node:events';
import { type WriteStream, createWriteStream } from 'node:fs';
import { reasonOf } from '@meterhouse/common';
import { CliError, errorCode } from '../errors';

export class RejectedFile {
  private constructor(
    private readonly stream: WriteStream,
    private readonly name: string,
  ) {}

  /** Creates the file, or empties it. @throws CliError when it cannot be written */
  static async create(name: string): Promise<RejectedFile> {
    const file = new RejectedFile(createWriteStream(name), name);
    await file.reporting(once(file.stream, 'open'));
    return file;
  }

  /** Resolves when there is room for more. */
  async write(line: string): Promise<void> {
    if (this.stream.errored) throw this.unwritable(this.stream.errored);
    if (!this.stream.write(`${line}\n`)) await this.reporting(once(this.stream, 'drain'));
  }

  async close(): Promise<void> {
    if (this.stream.closed) return;
    const closed = once(this.stream, 'close');
    this.stream.end();
    await this.reporting(closed);
  }

  private async reporting(event: Promise<unknown>): Promise<void> {
    try {
      await event;
    } catch (error) {
      throw this.unwritable(error);
    }
  }

  private unwritable(error: unknown): CliError {
    const code = errorCode(error) ?? reasonOf(error);
    return new CliError(`${this.name} cannot be written (${code}); name another file with --rejected.`);
  }
}
