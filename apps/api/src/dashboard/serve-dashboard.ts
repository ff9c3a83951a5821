/**
 * Serves the dashboard at `/app`: its files, and its page at every other path below, whose script reads the address. At
 * `/embed` it is the same page, which pages of other origins may frame.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag } from '../http/etag';
import { policyOf } from '../http/safe-headers';
import { varyBy } from '../http/vary';
import { type DashboardFile, formOf, readDashboardFiles } from './dashboard-files';

const PAGE = 'index.html';

/** Their names hold a hash of their content, so a name never means anything else. */
const ASSETS = 'assets/';

const NOT_BUILT = 'The dashboard was not built: run "npm run build" and start the service again.\n';

/**
 * Adds `/app`, `/embed`, everything below them, and the redirect from `/`.
 * @param folder what `npm run build` made; where it is missing, the pages say so
 * @param embedOrigins whose pages may frame `/embed`; nobody frames `/app`
 */
export function serveDashboard(
  fastify: Pick<FastifyInstance, 'get'>,
  folder: string,
  embedOrigins: readonly string[],
): void {
  const files = readDashboardFiles(folder);
  const page = files.get(PAGE);
  fastify.get('/', (_request, reply) => reply.redirect('/app', 302));
  // Scripts and styles are files of this service, and nothing is asked of another host.
  const opener = (policy: string) => (request: FastifyRequest, reply: FastifyReply) =>
    page ? sendPage(page, policy, request, reply) : reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
  const open = opener(policyOf(''));
  const openEmbedded = opener(policyOf('', embedOrigins));
  fastify.get('/embed', openEmbedded);
  fastify.get('/embed/*', openEmbedded);
  fastify.get('/app', open);
  fastify.get<{ Params: { '*': string } }>('/app/*', (request, reply) => {
    const path = request.params['*'];
    const file = files.get(path);
    if (file && path !== PAGE) return sendFile(file, path, request, reply);
    // A file of an earlier build: an answer with the page would be taken for a script.
    if (path.startsWith(ASSETS)) return reply.callNotFound();
    return open(request, reply);
  });
}

function sendPage(page: DashboardFile, policy: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
  return send(page, request, reply);
}

function sendFile(file: DashboardFile, path: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const named = path.startsWith(ASSETS);
  void reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
  return send(file, request, reply);
}

function send(file: DashboardFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { encoding, bytes } = formOf(file, [request.headers['accept-encoding']].flat().join(','));
  const etag = encoding === undefined ? file.etag : `${file.etag.slice(0, -1)}-${encoding}"`;
  void reply.header('etag', etag);
  varyBy(reply, 'Accept-Encoding');
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.status(304).send();
  if (encoding !== undefined) void reply.header('content-encoding', encoding);
  return reply.type(file.type).send(bytes);
}
