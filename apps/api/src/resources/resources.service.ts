import { Injectable } from '@nestjs/common';
import { Clock, DAY, floorTo, iso, isoOrNull } from '@meterhouse/common';
import type { ResourceDto, ResourcesResponseDto } from './dto/resources-response.dto';
import { ResourceSampler } from './resource-sampler';
import { LEAST_DAYS, growthOf } from './resource-runway';
import { type Sampled, SamplesRepository, type Use } from './samples.repository';

/** Days of samples that are read. */
const HISTORY_DAYS = 56;

/** Days in which the peak is looked for. */
const PEAK_DAYS = 30;

/** What the service takes up of its disk, its write-ahead log and its memory, and when they are full. */
@Injectable()
export class ResourcesService {
  constructor(
    private readonly samples: SamplesRepository,
    private readonly sampler: ResourceSampler,
    private readonly clock: Clock,
  ) {}

  /** Every resource, what is full first in front. Those of an instance that has not been seen for a day are left out. */
  async resources(): Promise<ResourcesResponseDto> {
    const now = this.clock.now();
    const today = floorTo('day', now);
    const sampled = await this.samples.since(today - HISTORY_DAYS * DAY);
    const present = (await this.sampler.now()).map((use) => ({ ...use, at: now }));
    const nameOf = ({ resource, instance }: Use): string => `${resource} ${instance}`;
    const names = new Set(present.map(nameOf));
    const others = sampled.flatMap(({ last }) => (names.has(nameOf(last)) || last.at < now - DAY ? [] : [last]));
    const resources = [...present, ...others].map((use) => {
      const days = sampled.find(({ last }) => nameOf(last) === nameOf(use))?.days ?? [];
      return toResource(use, days, today);
    });
    return { success: true, resources: resources.sort(byUrgency), timestamp: iso(now) };
  }
}

function toResource(use: Sampled['last'], days: Sampled['days'], today: number): ResourceDto {
  const { resource, instance, used, capacity, at } = use;
  const growth = growthOf(days, used, capacity, today);
  const peak = days
    .filter(({ day }) => day > today - PEAK_DAYS * DAY)
    .map((of) => ({ bytes: of.peak, at: of.peakAt }))
    .reduce((most, of) => (of.bytes > most.bytes ? of : most), { bytes: used, at });
  const { exhausts } = growth;
  return {
    resource,
    instance: instance === '' ? null : instance,
    used,
    limit: capacity,
    utilization: Math.round((used / capacity) * 10_000) / 100,
    peak: peak.bytes,
    peakAt: iso(peak.at),
    growthPerDay: growth.perDay === null ? null : Math.round(growth.perDay),
    exhausts: exhausts && {
      expected: isoOrNull(exhausts.expected),
      earliest: isoOrNull(exhausts.earliest),
      latest: isoOrNull(exhausts.latest),
    },
    daysOfHistory: growth.days,
    notice:
      growth.days >= LEAST_DAYS || exhausts !== null
        ? null
        : `Growth is told from ${LEAST_DAYS} complete days of samples in a row on; there are ${growth.days}.`,
  };
}

/** What is expected to be full first, then what may be, then by use. */
function byUrgency(a: ResourceDto, b: ResourceDto): number {
  const first = ({ exhausts }: ResourceDto): string => exhausts?.expected ?? exhausts?.earliest ?? '~';
  return first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : b.utilization - a.utilization;
}
