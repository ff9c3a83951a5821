import { ApiProperty, PickType } from '@nestjs/swagger';
import { IsAccountId } from '../../http/fields';
import { CostQueryDto } from './cost-query.dto';

/** The query of `POST /plans/preview`. */
export class PreviewQueryDto extends PickType(CostQueryDto, ['period'] as const) {
  @ApiProperty({ description: 'The account whose usage is priced.', example: 'acme' })
  @IsAccountId()
  accountId!: string;
}
