// npm's oidc-provider, a certified OpenID provider that no one here wrote, as the identity provider behind the gateway.
//   node upstream.mjs PORT-FILE REDIRECT-URI [--alg ALG] [--skew SECONDS]
// POST /next {"account": NAME | null}: who logs in at the next interaction, or that nobody does.
import { createServer } from 'node:http';
import { renameSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';

const [portFile, redirectUri, ...more] = process.argv.slice(2);
const option = (name, otherwise) => (more.includes(name) ? more[more.indexOf(name) + 1] : otherwise);
const alg = option('--alg', 'RS256');
const skew = Number(option('--skew', '0')) * 1000;
const realNow = Date.now;
Date.now = () => realNow() + skew;
const { default: Provider } = await import('oidc-provider');

const people = {
  lan: { name: 'Trần Thị Ngọc Lan', birthdate: '1985-03-08', personal_number: '079185001234', account_level: '2', account_type: 'citizen' },
  phuc: { name: 'Lê Hoàng Phúc', birthdate: '1999-09-02', personal_number: '077099001133', account_level: '1', account_type: 'citizen' },
  marie: { name: 'Marie Dubois', birthdate: '1991-07-14', account_level: '2', account_type: 'foreigner' },
};
const key = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
let next = null;

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'tram', client_secret: 'a secret & more', redirect_uris: [redirectUri], response_types: ['code'],
    grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: alg,
  }],
  jwks: { keys: [{ ...key.privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'upstream-1', alg }] },
  enabledJWA: { idTokenSigningAlgValues: [alg] },
  pkce: { methods: ['S256'], required: () => true },
  features: { devInteractions: { enabled: false }, deviceFlow: { enabled: true }, userinfo: { enabled: true } },
  claims: { openid: ['sub'], profile: ['name', 'birthdate', 'personal_number', 'account_level', 'account_type'] },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['only for this test'] },
});

async function grantFor(account) {
  const grant = new provider.Grant({ accountId: account, clientId: 'tram' });
  grant.addOIDCScope('openid profile');
  return grant.save();
}

async function interact(request, response) {
  if (!next) return provider.interactionFinished(request, response, { error: 'access_denied' });
  const result = { login: { accountId: next }, consent: { grantId: await grantFor(next) } };
  return provider.interactionFinished(request, response, result);
}

const callback = provider.callback();
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interact(request, response).catch((error) => { console.error(error); response.writeHead(500).end(); });
  } else if (request.url === '/next') {
    let body = '';
    request.on('data', (piece) => { body += piece; });
    request.on('end', () => { next = JSON.parse(body).account; response.writeHead(204).end(); });
  } else {
    callback(request, response);
  }
});
provider.on('server_error', (_ctx, error) => console.error(error));
writeFileSync(`${portFile}.new`, String(server.address().port));
renameSync(`${portFile}.new`, portFile);
