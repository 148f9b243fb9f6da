// Passkeys: the page asks us what to ask, the browser asks the person, and the answer goes back in the form. Everything else works without.
'use strict';
(() => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const keys = list => (list || []).map(key => ({ ...key, id: bytes(key.id) }));

  async function question(form) {
    const answer = await fetch(form.dataset.question, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' } });
    if (!answer.ok || answer.redirected) throw new Error(`question ${answer.status}`);
    const { options, state } = await answer.json();
    return { options: JSON.parse(options), state };
  }

  async function get(options) {
    const credential = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: keys(options.allowCredentials) } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
    return written(credential, { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle && userHandle.byteLength ? text(userHandle) : null });
  }

  async function create(options) {
    const credential = await navigator.credentials.create({ publicKey: { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: keys(options.excludeCredentials) } });
    const { clientDataJSON, attestationObject } = credential.response;
    return written(credential, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports: credential.response.getTransports ? credential.response.getTransports() : [] });
  }

  const written = (credential, response) => JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });

  async function answer(form) {
    const refused = form.querySelector('[data-refused]');
    const button = form.querySelector('button[type=submit]');
    refused.hidden = true;
    button.setAttribute('aria-busy', 'true');
    try {
      const { options, state } = await question(form);
      form.elements.answer.value = await (form.dataset.passkey === 'create' ? create(options) : get(options));
      form.elements.state.value = state;
      form.submit();
    } catch (error) {
      refused.hidden = false;
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    if (!window.PublicKeyCredential) continue;
    for (const part of form.querySelectorAll('.script-only')) part.hidden = false;
    for (const part of form.querySelectorAll('.no-script')) part.hidden = true;
    form.addEventListener('submit', event => {
      event.preventDefault();
      answer(form);
    });
  }
})();
