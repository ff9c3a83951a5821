/** Fastify closes while a connection is in use; the error's form on the wire is `ErrorFilter`'s and tested there. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import fastify from 'fastify';
import { refuseWhileStopping } from './stopping';

it('refuses a call that comes on an open connection once the server closes, and serves those before', async () => {
  const server = fastify({ return503OnClosing: false });
  server.setErrorHandler((error: Error & { code?: string }, _request, reply) => {
    void reply.code(503).send({ refused: error.code, message: error.message });
  });
  refuseWhileStopping(server);
  let answerFirst = (): void => undefined;
  const held = new Promise<string>((resolve) => (answerFirst = () => resolve('first')));
  server.get('/first', () => held);
  server.get('/second', () => 'second');
  await server.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.on('data', (part: Buffer) => (received += part.toString('latin1')));
  await once(socket, 'connect');
  const routed = new Promise<void>((resolve) => server.server.once('request', () => resolve()));
  socket.write('GET /first HTTP/1.1\r\nHost: a\r\n\r\n');
  await routed;
  const closed = server.close();
  socket.write('GET /second HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(server.server, 'request');
  answerFirst();
  await once(socket, 'close');
  await closed;
  expect(received).toMatch(/^HTTP\/1\.1 200 [\s\S]*first/);
  expect(received).toMatch(/HTTP\/1\.1 503 [\s\S]*"refused":"OVERLOADED","message":"The service is stopping/);
});
