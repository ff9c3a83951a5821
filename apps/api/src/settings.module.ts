import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock, Settings, SystemClock } from '@meterhouse/common';

/** The settings and the clock. Global, since there is hardly a module that needs neither. */
@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: SettingsModule, providers: [{ provide: Settings, useValue: settings }], exports: [Settings] };
  }
}
