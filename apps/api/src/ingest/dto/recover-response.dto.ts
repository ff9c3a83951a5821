import { ApiCount, ApiInstant, ApiSuccess } from '../../http/response-fields';

/** The answer of `POST /admin/log/recover`. */
export class RecoverResponseDto {
  @ApiSuccess()
  success!: true;

  @ApiCount('Files that were read, and are named `.recovered` now.', 1)
  files!: number;

  @ApiCount('Events that were taken back.', 399)
  recovered!: number;

  @ApiCount('Lines that are no event any more.', 1)
  unreadable!: number;

  @ApiInstant('When this was answered.', '2026-11-22T17:05:21.417Z')
  timestamp!: string;
}
