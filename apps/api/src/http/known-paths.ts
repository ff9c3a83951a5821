/** Which methods the paths of the service take, so that a wrong method is not taken for a wrong path. */
import { Injectable } from '@nestjs/common';

@Injectable()
export class KnownPaths {
  private readonly paths = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** @param template as Fastify has it, such as `/keys/:keyId` or `/docs/*` */
  add(template: string, methods: string | readonly string[]): void {
    // Not a path: @fastify/cors answers preflights of every path by it.
    if (template === '*') return;
    const path = this.paths.get(template) ?? { pattern: patternOf(template), methods: new Set() };
    for (const method of [methods].flat()) path.methods.add(method);
    this.paths.set(template, path);
  }

  /** The methods that a path takes, sorted; none where it takes this one, or there is no such path. */
  otherMethods(method: string, path: string): string[] {
    const matching = [...this.paths.values()].filter(({ pattern }) => pattern.test(path));
    const methods = new Set(matching.flatMap((known) => [...known.methods]));
    return methods.has(method) ? [] : [...methods].sort();
  }
}

function patternOf(template: string): RegExp {
  const parts = template.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
