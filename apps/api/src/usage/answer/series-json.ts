/** Time series as JSON. Most of a long one was sent before, and to write it is most of what a kept answer costs. */
import { createHash } from 'node:crypto';
import { toJson } from '../../http/json';
import type { PointDto } from './dto/usage-totals.dto';

/** Points that are written together. */
const CHUNK_POINTS = 512;
/** Kept of all series together. */
const MAX_CHARACTERS = 32 * 2 ** 20;

interface Chunk {
  points: readonly PointDto[];
  json: string;
  /** Of the JSON. */
  digest: string;
}

/** Keeps what it has written, as long as the points are the same objects. Those asked for longest ago go first. */
export class SeriesJson {
  /** By their first points with requests. */
  private readonly chunks = new Map<PointDto, Chunk>();
  private characters = 0;

  /** The points as a JSON array, and a text that is the same for the same JSON alone. */
  write(points: readonly PointDto[]): { json: string; digest: string } {
    const chunks: Chunk[] = [];
    for (let from = 0; from < points.length; from += CHUNK_POINTS) {
      chunks.push(this.chunk(points.slice(from, from + CHUNK_POINTS)));
    }
    return {
      json: `[${chunks.map(({ json }) => json).join(',')}]`,
      digest: chunks.map(({ digest }) => digest).join(),
    };
  }

  private chunk(points: readonly PointDto[]): Chunk {
    // Points without requests are shared by all accounts.
    const first = points.find(({ requests }) => requests > 0) ?? points[0];
    const known = first && this.chunks.get(first);
    const isSame =
      known?.points.length === points.length && known.points.every((point, index) => point === points[index]);
    const json = known && isSame ? known.json : toJson(points).slice(1, -1);
    const chunk =
      known && isSame ? known : { points, json, digest: createHash('sha256').update(json).digest('base64') };
    if (first) this.keep(first, chunk);
    return chunk;
  }

  private keep(first: PointDto, chunk: Chunk): void {
    this.forget(first);
    this.chunks.set(first, chunk);
    this.characters += chunk.json.length;
    for (const oldest of this.chunks.keys()) {
      if (this.characters <= MAX_CHARACTERS) return;
      this.forget(oldest);
    }
  }

  private forget(first: PointDto): void {
    this.characters -= this.chunks.get(first)?.json.length ?? 0;
    this.chunks.delete(first);
  }
}
