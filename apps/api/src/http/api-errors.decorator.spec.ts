import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ERROR_STATUS, type ErrorCode } from '@meterhouse/common';
import { ApiErrors } from './api-errors.decorator';

const CODES = Object.keys(ERROR_STATUS) as ErrorCode[];

@Controller()
class EveryErrorController {
  @Get()
  @ApiErrors(...CODES)
  read(): void {
    // Only its documentation is looked at.
  }
}

@Module({ controllers: [EveryErrorController] })
class EveryErrorModule {}

describe('ApiErrors', () => {
  let document: OpenAPIObject;

  beforeAll(async () => {
    const app = await NestFactory.create(EveryErrorModule, new FastifyAdapter(), { logger: false });
    document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    await app.close();
  });

  it.each(CODES)('documents %s under its status, with an example of its own', (code) => {
    const response = document.paths['/']?.get?.responses[ERROR_STATUS[code]];
    expect(response).toMatchObject({
      description: expect.stringContaining(`\`${code}\``),
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/ErrorDto' },
          examples: { [code]: { value: { success: false, error: code, message: expect.any(String) } } },
        },
      },
    });
  });

  it('lists every code in the schema', () => {
    expect(document.components?.schemas?.ErrorCode).toMatchObject({ enum: CODES });
  });
});
