// An OpenID provider that answers as ProConnect does: code flow with PKCE only, userinfo as a signed JWT, logout by the
// relying party. Started by the tests: `node provider.mjs PORT REDIRECT_BASE`, on 127.0.0.1 only. It says « ready » once it listens.
//
// What is asked of it is in the account's e-mail: an address that begins with « mfa. » signs in with two factors.

import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, redirectBase] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const client = (id, more = {}) => ({
  client_id: id,
  client_secret: 'a-made-up-secret-of-the-tests',
  redirect_uris: [`${redirectBase}/proconnect/retour`],
  post_logout_redirect_uris: [`${redirectBase}/connexion`],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  userinfo_signed_response_alg: 'RS256',
  token_endpoint_auth_method: 'client_secret_post',
  ...more,
});

const provider = new Provider(issuer, {
  clients: [client('declic'), client('declic-unsigned', { userinfo_signed_response_alg: undefined })],
  claims: { openid: ['sub', 'acr', 'amr'], email: ['email'], given_name: ['given_name'], usual_name: ['usual_name'], siret: ['siret'] },
  scopes: ['openid', 'email', 'given_name', 'usual_name', 'siret'],
  conformIdTokenClaims: true,
  acrValues: ['eidas1'],
  features: { jwtUserinfo: { enabled: true }, devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true, methods: ['S256'] },
  cookies: { keys: ['a made-up key'] },
  ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 60, IdToken: 600, AuthorizationCode: 60 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email given_name usual_name siret');
    await grant.save();
    return grant;
  },
  findAccount: (_, email) => ({
    accountId: email,
    claims: () => ({ sub: `subject-of-${email}`, email, given_name: 'Nadia', usual_name: 'Essai', siret: '13002526500013' }),
  }),
});

const page = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="fr"><title>Fournisseur d’identité d’essai</title><h1>Fournisseur d’identité d’essai</h1>${body}`);
};

const interaction = async (request, response) => {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    let text = '';
    for await (const chunk of request) text += chunk;
    const email = new URLSearchParams(text).get('email');
    const amr = email.startsWith('mfa.') ? ['pwd', 'mfa'] : ['pwd'];
    const result = email === '' ? { error: 'access_denied' } : { login: { accountId: email, acr: 'eidas1', amr } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  return page(response, 200, `<form method="post" action="/interaction/${uid}"><label>E-mail <input name="email" id="email"></label><button id="enter">Entrer</button></form>`);
};

const answer = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interaction(request, response).catch((error) => page(response, 500, String(error)));
  } else {
    answer(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
