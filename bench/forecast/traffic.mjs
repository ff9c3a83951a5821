/** Traffic of API keys by the hour, made up: day and week, growth, noise that lasts, spikes, outages. */
import { seeded } from '../lib.mjs';
import { normal, poisson } from '../random.mjs';

/**
 * The requests of each hour of one key.
 * @param weeks how many weeks of them
 */
export function keyTraffic(seed, weeks) {
  const random = seeded(seed);
  const level = 5 * 400 ** random();
  const growth = -0.01 + 0.06 * random();
  const [peak, depth, weekend] = [8 + 10 * random(), 0.4 + 0.5 * random(), 0.2 + 0.8 * random()];
  const hours = weeks * 168;
  const counts = new Float64Array(hours);
  let lasting = 0;
  let trouble = { until: -1, factor: 1 };
  for (let hour = 0; hour < hours; hour++) {
    lasting = 0.9 * lasting + 0.08 * normal(random);
    if (hour > trouble.until) {
      const dice = random();
      // A spike about every third week, an outage about every sixth.
      if (dice < 1 / 500) trouble = { until: hour + 1 + Math.floor(3 * random()), factor: 2 + 4 * random() };
      else if (dice < 1 / 333) trouble = { until: hour + Math.floor(4 * random()), factor: 0.02 };
      else trouble = { until: hour, factor: 1 };
    }
    const [day, time] = [Math.floor(hour / 24) % 7, hour % 24];
    const daily = 1 + depth * Math.cos(((time - peak) / 24) * 2 * Math.PI);
    const weekly = day >= 5 ? weekend : 1;
    const mean = level * (1 + growth) ** (hour / 168) * daily * weekly * Math.exp(lasting) * trouble.factor;
    counts[hour] = poisson(mean, random);
  }
  return counts;
}
