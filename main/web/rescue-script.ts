/**
 * What the rescue pages do in the browser: log in with the code behind `#`, press buttons by `fetch` (so that the
 * request carries its origin), and go on to whatever the app shows when it has started anew.
 */
export const rescueScript = `
const say = (text) => {
  const place = document.querySelector('[data-say]');
  place.textContent = text;
  place.hidden = text === '';
};
const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const reason = async (answer) => {
  const { message } = await answer.json().catch(() => ({}));
  return message ?? 'That did not work. Try again.';
};

const logIn = async (credential) => {
  const answer = await post('/api/session', credential).catch(() => null);
  if (answer === null) say('The server does not answer. Check that AutoSocial AI is running, then try again.');
  else if (answer.ok) location.replace('/');
  else say(await reason(answer));
};
const takeCode = () => {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code === '') return;
  history.replaceState(null, '', '/login');
  void logIn({ code });
};

const form = document.querySelector('form[data-login]');
if (form !== null) {
  takeCode();
  addEventListener('hashchange', takeCode);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = new FormData(form).get('credential').trim();
    const hash = text.indexOf('#');
    if (text !== '') void logIn(hash === -1 ? { token: text } : { code: decodeURIComponent(text.slice(hash + 1)) });
  });
}

/** The server stops, works on the data, and starts again at the same address. */
const goOnWhenBack = async () => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const answer = await fetch('/api/health', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) return location.replace('/');
  }
};
const buttons = [...document.querySelectorAll('button[data-post]')];
for (const button of buttons) {
  button.addEventListener('click', async () => {
    for (const one of buttons) one.disabled = true;
    say(button.dataset.busy);
    const answer = await post(button.dataset.post, {}).catch(() => null);
    if (answer?.ok) return goOnWhenBack();
    say(answer === null ? 'The server does not answer.' : await reason(answer));
    for (const one of buttons) one.disabled = false;
  });
}
`;
