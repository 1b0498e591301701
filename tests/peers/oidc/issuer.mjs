// npm's oidc-provider, a certified OpenID provider that no one here wrote, as the issuer a kiosk logs in at.
//   node issuer.mjs PORT-FILE CLIENT-ID CLIENT-KEY [--alg EdDSA|ES256|RS256] [--life SECONDS] [--nonce no]
// CLIENT-KEY: the kiosk's Ed25519 public key, base64url; it signs with private_key_jwt as at our gateway.
// POST /phone {"link", "account" | null}: a phone opens the link of the QR and approves as this account, or declines.
// POST /rotate: from now on another key signs.
import { createServer } from 'node:http';
import { renameSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const [portFile, clientId, clientKey, ...more] = process.argv.slice(2);
const option = (name, otherwise) => (more.includes(name) ? more[more.indexOf(name) + 1] : otherwise);
const alg = option('--alg', 'EdDSA');
const life = Number(option('--life', '120'));

const pairs = {
  EdDSA: () => generateKeyPairSync('ed25519'),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const freshKey = () => ({ ...pairs[alg]().privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: randomUUID() });
const people = {
  lan: { name: 'Trần Thị Ngọc Lan', birthdate: '1985-03-08', personal_number: '079185001234', account_level: 2, account_type: 'citizen', phone_number: '+84901234567' },
  marie: { name: 'Marie Dubois', birthdate: '1991-07-14', account_level: 2, account_type: 'foreigner' },
};

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

// RFC 8628 has no nonce. Our gateway hands the one that came with the request through to the ID token; oidc-provider
// keeps it with the code and lets whoever wants do the same.
const nonce = option('--nonce', 'yes') === 'yes';
async function successSource(ctx) {
  const code = ctx.oidc.deviceCode;
  if (nonce) code.nonce = code.params.nonce;
  await code.save();
  ctx.body = '<p>done</p>';
}

function providerWith(key) {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: clientId, redirect_uris: [], response_types: [], application_type: 'native',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
      token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'EdDSA',
      id_token_signed_response_alg: alg,
      jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: clientKey, use: 'sig', alg: 'EdDSA' }] },
    }],
    jwks: { keys: [key] },
    enabledJWA: { idTokenSigningAlgValues: [alg], clientAuthSigningAlgValues: ['EdDSA'] },
    features: { devInteractions: { enabled: false }, deviceFlow: { enabled: true, successSource }, revocation: { enabled: true } },
    claims: { openid: ['sub'], profile: ['name', 'birthdate', 'personal_number', 'account_level', 'account_type', 'phone_number'] },
    conformIdTokenClaims: false, // the kiosk reads who it is from the ID token
    ttl: { DeviceCode: life, IdToken: 300, AccessToken: 900, Grant: 900 },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['only for this test'] },
  });
  provider.on('server_error', (_ctx, error) => console.error(error));
  provider.on('grant.error', (_ctx, error) => console.error(error.error, error.error_detail ?? ''));
  return provider;
}

let provider = providerWith(freshKey());

// A phone's browser that has opened the link of the QR: every page of oidc-provider's own, form by form.
class Phone {
  cookies = new Map();
  async open(url, form) {
    const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const request = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const response = await fetch(new URL(url, issuer), { ...request, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.cookies.set(name, value); else this.cookies.delete(name);
    }
    const next = response.headers.get('location');
    return next ? this.open(next) : response.text();
  }
}
const fieldsOf = (page) => Object.fromEntries([...page.matchAll(/name="(xsrf|user_code)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));

async function phone({ link, account }) {
  const browser = new Phone();
  const scanned = fieldsOf(await browser.open(link)); // a script sends this form by itself
  const toConfirm = fieldsOf(await browser.open('/device', scanned));
  if (!toConfirm.user_code) return 404;
  next = account;
  await browser.open('/device', { ...toConfirm, ...(account === null ? { abort: 'yes' } : { confirm: 'yes' }) });
  return 204;
}

let next = null;
async function interact(request, response) {
  const grant = new provider.Grant({ accountId: next, clientId });
  grant.addOIDCScope('openid profile');
  const result = { login: { accountId: next }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result);
}

const bodyOf = async (request) => { let body = ''; for await (const piece of request) body += piece; return JSON.parse(body || '{}'); };
server.on('request', (request, response) => {
  const failed = (error) => { console.error(error); response.writeHead(500).end(); };
  if (request.url === '/phone') {
    bodyOf(request).then(phone).then((status) => response.writeHead(status).end()).catch(failed);
  } else if (request.url.startsWith('/interaction/')) {
    interact(request, response).catch(failed);
  } else if (request.url === '/rotate') {
    provider = providerWith(freshKey());
    response.writeHead(204).end();
  } else {
    provider.callback()(request, response);
  }
});
writeFileSync(`${portFile}.new`, String(server.address().port));
renameSync(`${portFile}.new`, portFile);
