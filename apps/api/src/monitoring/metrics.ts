/** What `GET /metrics` shows; a capability registers its own counters, gauges and histograms here. */
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Every metric of the service's own starts with this. */
const PREFIX = 'meterhouse_';

/** A registry for each running service, so that two in one process (tests) do not add up. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The Content-Type of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /**
   * A count that only grows. `name` comes without the prefix `meterhouse_` and ends in `_total`.
   * @throws Error when the name is taken
   */
  counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] });
  }

  /** A value that goes up and down; `read`, where given, is asked at each scrape. */
  gauge(name: string, help: string, read?: () => number): Gauge {
    return new Gauge({
      name: PREFIX + name,
      help,
      registers: [this.registry],
      ...(read === undefined
        ? {}
        : {
            collect() {
              this.set(read());
            },
          }),
    });
  }

  /** A distribution; times are in seconds and `name` then ends in `_seconds`. */
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[],
  ): Histogram<Label> {
    return new Histogram({ name: PREFIX + name, help, labelNames, buckets, registers: [this.registry] });
  }

  /** What a gauge without labels shows now; null where there is none of the name. */
  async valueOf(name: string): Promise<number | null> {
    const shown = await this.registry.getSingleMetric(PREFIX + name)?.get();
    return shown?.values[0]?.value ?? null;
  }

  /** Everything registered, in the Prometheus text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }
}
