import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '../auth/secured.decorator';

/** Who opens the service in a browser gets the API documentation. */
@ApiExcludeController()
@Controller()
@Public()
@SkipThrottle()
export class RootController {
  @Get()
  @Redirect('/docs', 302)
  open(): void {
    // The decorator answers.
  }
}
