import { Injectable } from '@nestjs/common';
import { ApiException } from '../http/api-exception';

/** Seconds after which one that found another at work may try again. */
const RETRY_AFTER = 30;

/** One at a time: reconcile, a deletion, the moment of a backup. */
@Injectable()
export class MaintenanceTurn {
  private busy = false;

  /** @throws ApiException OVERLOADED at once while another one runs */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy) {
      throw new ApiException(
        'OVERLOADED',
        'Another reconcile, deletion or backup is running; try again when it has ended.',
        undefined,
        RETRY_AFTER,
      );
    }
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
    }
  }
}
