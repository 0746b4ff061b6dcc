'use strict';
// The code may come in the address, behind "#", where nobody but this page sees it.

const code = document.getElementById('code');
const error = document.getElementById('error');
const go = document.getElementById('go');

function complain(text) {
  error.textContent = text;
  code.setAttribute('aria-invalid', text !== '');
  if (text) code.focus();
}

function take() {
  const given = decodeURIComponent(location.hash.slice(1));
  if (!given) return code.focus();
  history.replaceState(null, '', '/pair');
  code.value = given;
  return go.focus();
}

async function pair(event) {
  event.preventDefault();
  complain('');
  go.disabled = true;
  try {
    const answer = await fetch('/pair', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({code: code.value})});
    if (answer.ok) return location.replace('/');
    const {error: why} = await answer.json();
    complain(`${why.message} ${why.hint ? why.hint.charAt(0).toUpperCase() + why.hint.slice(1) + '.' : ''}`);
  } catch {
    complain('hotseat-web does not answer. Is this device in the host’s network?');
  } finally {
    go.disabled = false;
  }
  return undefined;
}

document.getElementById('form').addEventListener('submit', pair);
addEventListener('hashchange', take);
take();
