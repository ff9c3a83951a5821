import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';

/** The answer of `POST /admin/dead-letters/replay`. */
export class ReplayResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiCount('Events that were taken back.', 3)
  replayed!: number;

  @ApiInstant('When this was answered.', '2026-11-22T17:05:21.417Z')
  timestamp!: string;
}
