import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, ApiSuccess } from '../../http/response-fields';

const TOKEN = 'mht_WyJ0b2tfNUoyblMwYVE5eFQ3YktkNCIsImtleV80ZkoybVowYVE5eFQ3YktkIiwiYWNtZSIsbnVsbF0.q3Zk';

/** The answer to `POST /tokens`. */
export class CreatedTokenDto {
  @ApiSuccess()
  success!: true;

  @ApiProperty({ description: 'The token, shortened here. It is shown this once and stored nowhere.', example: TOKEN })
  token!: string;

  @ApiProperty({ description: 'Names the token.', example: 'tok_5J2nS0aQ9xT7bKd4' })
  tokenId!: string;

  @ApiInstant('When it ends, if the key that made it does not end before.', '2026-03-02T11:15:30.000Z')
  expiresAt!: string;

  @ApiProperty({
    description: 'Opens the dashboard with the token, which stands in the fragment and so reaches no server.',
    example: `https://usage.example.com/app#token=${TOKEN}`,
  })
  url!: string;

  @ApiInstant('When it was answered.', '2026-03-02T10:15:30.000Z')
  timestamp!: string;
}
