import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { AccountLimits } from './account-limits';

@Module({
  imports: [AuthModule],
  providers: [AccountLimits],
  exports: [AccountLimits],
})
export class AccountsModule {}
