import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Secured } from '../auth/secured.decorator';
import { ResourcesResponseDto } from './dto/resources-response.dto';
import { ResourcesService } from './resources.service';

@ApiTags('Admin')
@Controller('admin/capacity')
export class ResourcesController {
  constructor(private readonly service: ResourcesService) {}

  @Get()
  @Secured('admin')
  @ApiOperation({
    operationId: 'getServiceCapacity',
    summary: 'What the service itself takes up, and when it is full',
    description:
      "The engine's disks and memory and the write-ahead logs of all instances, sampled every ten minutes and stored for 120 days. The peaks of complete days are continued as a straight line through the last 28 of them, with intervals from how far such lines were off before. What retention will drop is not foreseen: a disk that fills for the first time stops growing when the oldest rows begin to go.",
  })
  @ApiOkResponse({ description: 'The resources.', type: ResourcesResponseDto })
  read(): Promise<ResourcesResponseDto> {
    return this.service.resources();
  }
}
