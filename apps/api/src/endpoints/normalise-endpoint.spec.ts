import fc from 'fast-check';
import { ENDPOINT_MAX_LENGTH, OTHER_ENDPOINT, normaliseEndpoint } from './normalise-endpoint';
import { NAMES, VALUES } from './variable-parts';

describe('normaliseEndpoint', () => {
  describe.each([
    [
      'takes the path alone',
      [
        ['/', '/'],
        ['', '/'],
        ['?a=1', '/'],
        ['/users', '/users'],
        ['users/list', '/users/list'],
        ['/users/', '/users'],
        ['//users///list//', '/users/list'],
        ['/users?page=2&id=7', '/users'],
        ['/users#top', '/users'],
        ['/users/#/a?b', '/users'],
        ['/index.php?/users/42', '/index.php'],
        ['https://api.example.com/v1/users/42?x=1', '/v1/users/{id}'],
        ['https://api.example.com', '/'],
        ['https://api.example.com?x=/a', '/'],
        ['//cdn/logo.png', '/cdn/logo.png'],
        [' /users / 12 ', '/users/{id}'],
      ],
    ],
    [
      'cuts parameters of segments',
      [
        ['/login;jsessionid=1A2B3C4D5E6F7890ABCD', '/login'],
        ['/logout;jsessionid=1A2B3C4D5E6F7890ABCD', '/logout'],
        ['/cars;id=41', '/cars'],
        ['/cars;colour=red;year=2026/parts;x', '/cars/parts'],
        ['/;v=1/cars', '/cars'],
        ['/users/42;v=1', '/users/{id}'],
        ["/Users('a;b')", '/Users({id})'],
        ['/a%3Bb', '/a%3Bb'],
      ],
    ],
    [
      'has one spelling of each',
      [
        ['/caf%C3%A9', '/café'],
        ['/caf%c3%a9', '/café'],
        ['/café', '/café'],
        ['/cafe\u0301', '/café'],
        ['/cafe%CC%81', '/café'],
        ['/%66oo', '/foo'],
        ['/a%7Eb', '/a~b'],
        ['/a/./b/../c', '/a/c'],
        ['/../../a/', '/a'],
        ['/a/%2e%2E/b', '/b'],
        ['/..;/admin', '/admin'],
        ['/a b', '/a%20b'],
        ['/blog/tags/function%20pointers', '/blog/tags/function%20pointers'],
        ['/日本語/%E6%97%A5', '/日本語/日'],
        ['/%F0%9F%98%80', '/😀'],
        // What would mean something else, or cannot be seen.
        ['/a%2fb', '/a%2Fb'],
        ['/a%3fb', '/a%3Fb'],
        ['/a%23b', '/a%23b'],
        ['/100%25', '/100%25'],
        ['/a%2541', '/a%2541'],
        ['/a%5cb', '/a%5Cb'],
        ['/a%0d%0ab', '/a%0D%0Ab'],
        ['/a%00', '/a%00'],
        ['/a%e2%80%aeb', '/a%E2%80%AEb'],
        ['/a\u202eb', '/a%E2%80%AEb'],
        ['/a%c2%a0b', '/a%C2%A0b'],
        // What cannot be decoded.
        ['/a/%', '/a/%25'],
        ['/a/%zz%', '/a/%25zz%25'],
        ['/a/%E0%A4%A', '/a/%E0%A4%25A'],
        ['/a/%ff%41', '/a/%FFA'],
        ['/a/%c0%af', '/a/%C0%AF'],
        ['/a/%ed%a0%80', '/a/%ED%A0%80'],
        ['/a/\ud800', '/a/\ufffd'],
      ],
    ],
    [
      'reads templates',
      [
        ['/users/{userId}', '/users/{userId}'],
        ['/users/{userId}/posts/{id}', '/users/{userId}/posts/{id}'],
        ['/users/:id', '/users/{id}'],
        ['/users/:userId/posts', '/users/{userId}/posts'],
        ['/users/:id?expand=all', '/users/{id}'],
        ['/users/:id(\\d+)', '/users/{id}'],
        ['/users/:id(\\d+)?', '/users/{id}'],
        ['/users/:id([0-9]{1,5})/posts', '/users/{id}/posts'],
        ['/users/:id?/posts', '/users/{id}/posts'],
        ['/flights/:from-:to', '/flights/{from}-{to}'],
        ['/files/:name.:ext', '/files/{name}.{ext}'],
        ['/files/:path*', '/files/{path}'],
        ['/files/*path', '/files/{path}'],
        ['/files/{*path}', '/files/{path}'],
        ['/files/{path...}', '/files/{path}'],
        ['/files/{path:path}', '/files/{path}'],
        ['/files/*', '/files/*'],
        ['/orgs/:org{/*rest}', '/orgs/{org}/{rest}'],
        ['/users{/:id}/delete', '/users/{id}/delete'],
        ['/photos/:id(.:format)', '/photos/{id}'],
        ['/photos(/:id)', '/photos/{id}'],
        ['/users/{id?}', '/users/{id}'],
        ['/users/{id:int}', '/users/{id}'],
        ['/users/{id:[0-9]{1,5}}/x', '/users/{id}/x'],
        ['/users/{id:[^/?]+}', '/users/{id}'],
        ['/users/{id<\\d+>?1}', '/users/{id}'],
        ['/{controller=Home}/{action=Index}', '/{controller}/{action}'],
        ['/v1/{name=projects/*/topics/*}:publish', '/v1/{name}:publish'],
        ['/search{?q,page}', '/search'],
        ['/repos/{owner}{/repo}', '/repos/{owner}/{repo}'],
        ['/exact/{$}', '/exact'],
        ['/users/<id>', '/users/{id}'],
        ['/users/<int:userId>', '/users/{userId}'],
        ['/users/<regex("[a-z]+"):name>', '/users/{name}'],
        ['/posts/[slug]', '/posts/{slug}'],
        ['/docs/[[...path]]', '/docs/{path}'],
        ['/files/{name}.{ext}', '/files/{name}.{ext}'],
        ['/users/%7BuserId%7D', '/users/{userId}'],
        ['/users/{{userId}}', '/users/{userId}'],
        ['/users/{6f1c2e9a-7b3d-4c5e-8f90-1a2b3c4d5e6f}', '/users/{id}'],
        ['{other}', '{other}'],
      ],
    ],
    [
      'reads regular expressions',
      [
        ['^/v1/(?:orders|carts)$', '/v1/(orders|carts)'],
        ['/v1/(?:orders|carts)/:id', '/v1/(orders|carts)/{id}'],
        ['^/v1/(?:orders|carts)/(\\d+)/?$', '/v1/(orders|carts)/{id}'],
        ['^articles/(?P<year>[0-9]{4})/(?P<slug>[\\w-]+)/$', '/articles/{year}/{slug}'],
        ['^users(?:/(?P<id>\\d+))?$', '/users/{id}'],
        ['~^/users/(?<id>[^/?]+)/files/.*$', '/users/{id}/files/{id}'],
        ['~/users/(?<id>\\d+)$', '/users/{id}'],
        ['/users/(\\d+)', '/users/{id}'],
        ['/users/([^/?#]+)/posts', '/users/{id}/posts'],
        ['/^\\/users\\/(?:([^\\/]+?))\\/?$/i', '/users/{id}'],
        ['^/colou?r/\\d{2,}/[a-f0-9]+$', '/colour/{id}/{id}'],
        ['^/export(?:\\.json)?$', '/export'],
        ['^/a(?!b)/c$', '/a/c'],
      ],
    ],
    [
      'takes brackets of a path for what they are',
      [
        ['/Users(12345)', '/Users({id})'],
        ['/Users(41)', '/Users({id})'],
        ["/Users('a')", '/Users({id})'],
        ["/Users('O''Brien, (Pat)')/Orders(7)", '/Users({id})/Orders({id})'],
        ['/Users(42)?$select=name', '/Users({id})'],
        ['/Users%2842%29', '/Users({id})'],
        ["/Users(guid'6f1c2e9a-7b3d-4c5e-8f90-1a2b3c4d5e6f')", '/Users({id})'],
        ['/Users({id})', '/Users({id})'],
        ["/Products(ID=1,Locale='en')", '/Products(ID={id},Locale={id})'],
        ['/Near(lat=40.71,lon=-74.01)/$count', '/Near(lat={id},lon={id})/$count'],
        ['/Users()', '/Users()'],
        ['/wiki/Alien_(film)', '/wiki/Alien_(film)'],
        ['/v1/operations/12345:cancel', '/v1/operations/{id}:cancel'],
        ['/v1/operations/{id}:cancel', '/v1/operations/{id}:cancel'],
        ['/v1/users:batchGet', '/v1/users:batchGet'],
      ],
    ],
    [
      'finds numbers, dates and addresses',
      [
        ['/users/0', '/users/{id}'],
        ['/users/-17', '/users/{id}'],
        ['/users/1,2,3', '/users/{id}'],
        ['/price/12.99', '/price/{id}'],
        ['/price/0.5/eur', '/price/{id}/eur'],
        ['/w/40.71,-74.01', '/w/{id}'],
        ['/w/40.71%2C-74.01', '/w/{id}'],
        ['/blog/2007/Mar', '/blog/{id}/Mar'],
        ['/reports/2024-01-01', '/reports/{id}'],
        ['/reports/2024-01-01T10:00:00.000Z', '/reports/{id}'],
        ['/reports/2024-01-01T10%3A00%3A00+02:00', '/reports/{id}'],
        ['/reports/2026-W48', '/reports/{id}'],
        ['/reports/2026-W48-5', '/reports/{id}'],
        ['/reports/2026-Q4', '/reports/{id}'],
        ['/reports/27.11.2026', '/reports/{id}'],
        ['/reports/27-Nov-2026', '/reports/{id}'],
        ['/reports/20261127T101530Z', '/reports/{id}'],
        ['/reports/daily-2026-11-27', '/reports/{id}'],
        ['/ip/192.168.1.20', '/ip/{id}'],
        ['/ip/10.0.0.1:8080', '/ip/{id}'],
        ['/ip/2001:db8::1', '/ip/{id}'],
        ['/ip/::1', '/ip/{id}'],
        ['/ip/%5B2001:db8::1%5D', '/ip/{id}'],
        ['/ip/fe80::1%25eth0', '/ip/{id}'],
        ['/mac/00:1A:2B:3C:4D:5E', '/mac/{id}'],
        ['/mac/aa-bb-cc-dd-ee-01', '/mac/{id}'],
        ['/mac/001A.2B3C.4D5E', '/mac/{id}'],
        ['/x/jane.doe@example.com', '/x/{id}'],
        ['/x/jane%40example.com', '/x/{id}'],
        ['/x/@jane@example.social', '/x/{id}'],
        ['/proxy/https%3A%2F%2Fexample.com%2Fa', '/proxy/{id}'],
      ],
    ],
    [
      'finds ids',
      [
        ['/orders/order-10023', '/orders/{id}'],
        ['/orders/order-4711', '/orders/{id}'],
        ['/orders/ABC12345', '/orders/{id}'],
        ['/a/6f1c2e9a-7b3d-4c5e-8f90-1a2b3c4d5e6f/b', '/a/{id}/b'],
        ['/a/6F1C2E9A-7B3D-4C5E-8F90-1A2B3C4D5E6F', '/a/{id}'],
        ['/a/urn:uuid:6f1c2e9a-7b3d-4c5e-8f90-1a2b3c4d5e6f', '/a/{id}'],
        ['/a/507f1f77bcf86cd799439011', '/a/{id}'],
        ['/a/3f9c1b2d', '/a/{id}'],
        ['/commit/3f9c1b2', '/commit/{id}'],
        ['/a/0x3f9c1b2d', '/a/{id}'],
        ['/customers/cus_9s6XKzkNRiz8i3', '/customers/{id}'],
        ['/customers/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/customers/{id}'],
        ['/x/1srOrx2ZWZBpBUvZwXKQmoEXga2', '/x/{id}'],
        ['/x/V1StGXR8_Z5jdHi6B-myT', '/x/{id}'],
        ['/x/cjld2cjxh0000qzrmn831i7rn', '/x/{id}'],
        ['/x/dQw4w9WgXcQ', '/x/{id}'],
        ['/x/B08N5WRWNW', '/x/{id}'],
        [`/x/${'a'.repeat(129)}`, '/x/{id}'],
      ],
    ],
    [
      'lets words, versions and years in words stay',
      [
        ['/v1/users', '/v1/users'],
        ['/v1.2/users', '/v1.2/users'],
        ['/api/v2.1/users', '/api/v2.1/users'],
        ['/v1beta1/users', '/v1beta1/users'],
        ['/1.1/statuses', '/1.1/statuses'],
        ['/api/2.0/users', '/api/2.0/users'],
        ['/download/2.14.3', '/download/2.14.3'],
        ['/download/2.14.3-rc.1', '/download/2.14.3-rc.1'],
        ['/npm/lodash@4.17.21', '/npm/lodash@4.17.21'],
        ['/oauth2/token', '/oauth2/token'],
        ['/oauth2callback', '/oauth2callback'],
        ['/utf8mb4', '/utf8mb4'],
        ['/convertMp3ToMp4', '/convertMp3ToMp4'],
        ['/deadbeef', '/deadbeef'],
        ['/facade', '/facade'],
        ['/getUserAccountSettings', '/getUserAccountSettings'],
        ['/blog/tags/sysadvent2009', '/blog/tags/sysadvent2009'],
        ['/report-2026', '/report-2026'],
        ['/events/summer-2026-final', '/events/summer-2026-final'],
        ['/package.Service/Method', '/package.Service/Method'],
        ['/images/logo.png', '/images/logo.png'],
        ['/img/logo@2x.png', '/img/logo@2x.png'],
        ['/js/vue@next.js', '/js/vue@next.js'],
        ['/images/kibana-dashboard3.png', '/images/kibana-dashboard3.png'],
        ['/files/logstash/logstash-1.1.0beta6-monolithic.jar', '/files/logstash/logstash-1.1.0beta6-monolithic.jar'],
        ['/blog/geekery/xdotool-2.20110530.html', '/blog/geekery/xdotool-2.20110530.html'],
        ['/js/jquery-1.7.2.min.js', '/js/jquery-1.7.2.min.js'],
        ['/files/report-2026.pdf', '/files/report-2026.pdf'],
        ['/errors/error-404.html', '/errors/error-404.html'],
        ['/@scope/pkg', '/@scope/pkg'],
      ],
    ],
    [
      'finds ids and dates in the names of files',
      [
        ['/files/invoice-100234.pdf', '/files/invoice-{id}.pdf'],
        ['/files/invoice-{id}.pdf', '/files/invoice-{id}.pdf'],
        ['/logs/app-2026-11-27.log', '/logs/app-{id}.log'],
        ['/logs/app-20261127.log.gz', '/logs/app-{id}.log.gz'],
        ['/logs/app_2026-11-27_10-15-30.log', '/logs/app_{id}.log'],
        ['/logs/app-2026-W48.log', '/logs/app-{id}.log'],
        ['/logs/2026-11-27.log', '/logs/{id}.log'],
        ['/logs/app.log.2026-11-27', '/logs/app.log.{id}'],
        ['/files/Screenshot%202026-11-27%20at%2010.15.30.png', '/files/Screenshot%20{id}.png'],
        ['/logs/access-10.0.0.1.log', '/logs/access-{id}.log'],
        ['/photos/IMG_20261127_101530.jpg', '/photos/IMG_{id}.jpg'],
        ['/photos/IMG_0042.jpg', '/photos/IMG_{id}.jpg'],
        ['/blog/productivity/181.html', '/blog/productivity/{id}.html'],
        ['/assets/app.3f9c1b2d.js', '/assets/app.{id}.js'],
        ['/assets/index-BfQx1a2Z.js', '/assets/index-{id}.js'],
        ['/img/6f1c2e9a-7b3d-4c5e-8f90-1a2b3c4d5e6f.jpg', '/img/{id}.jpg'],
        ['/img/V1StGXR8_Z5jdHi6B-myT.png', '/img/{id}.png'],
      ],
    ],
  ] as [string, [string, string][]][])('%s', (_, cases) => {
    it.each(cases)('%s → %s', (given, expected) => {
      expect(normaliseEndpoint(given)).toBe(expected);
      expect(normaliseEndpoint(expected)).toBe(expected);
    });
  });

  it.each(VALUES)('takes $what for variable', ({ examples }) => {
    for (const example of examples) expect(normaliseEndpoint(`/x/${example}/y`)).toBe('/x/{id}/y');
  });

  it.each(NAMES)('takes $what for names', ({ examples }) => {
    for (const example of examples) expect(normaliseEndpoint(`/x/${example}/y`)).toBe(`/x/${example}/y`);
  });

  it('keeps whole segments only when the name would be too long', () => {
    const name = normaliseEndpoint(`/${'abcdefghi/'.repeat(100)}`);
    expect(name).toBe('/abcdefghi'.repeat(25));
    expect(name.length).toBeLessThanOrEqual(ENDPOINT_MAX_LENGTH);
  });

  const awkward = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc
      .array(
        fc.constantFrom(
          ...['/', '//', '?', '#', '{', '}', ':', '%', '%7B', '%7D', '%3F', '%2F', '.', '@', '-', '_', ' ', '\u00a0'],
          ...['a', 'id', 'v1', '1', '12345', 'deadbee1', 'png', 'http://', '{id}', '{x?}', ':x', '\ud800', 'é', 'T'],
          ...['(', ')', '[', ']', '<', '>', '*', '+', '^', '$', '\\', '\\d', '|', '~', ';', ',', "'", '=', '..', '(?:'],
          ...['2026-11-27', '9s6XKzkNRiz8', '10.0.0', '::', '\u0301', '%0a', '%c3%a9', '%25', '\u202e', '{other}', '"'],
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join('')),
  );

  it('is idempotent, bounded, and never throws or keeps a query string', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const name = normaliseEndpoint(text);
        expect(normaliseEndpoint(name)).toBe(name);
        if (name !== OTHER_ENDPOINT) expect(name).toMatch(/^\/[^?#]*$/);
        expect(name.length).toBeLessThanOrEqual(ENDPOINT_MAX_LENGTH);
        if (name !== '/') expect(name.endsWith('/')).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['/', '{', '{a', ':', '%', '1', '1-', 'a1', 'a1b2', '@', 'a@', 'a.', '{}', 'a://', '?', ' '])(
    'takes linear time on repeated "%s"',
    (unit) => {
      const text = unit.repeat(Math.floor(200_000 / unit.length));
      const start = performance.now();
      normaliseEndpoint(text);
      normaliseEndpoint(`/${text.slice(0, 127)}!`);
      expect(performance.now() - start).toBeLessThan(1_000);
    },
  );
});
