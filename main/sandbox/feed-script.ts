/**
 * The script of the feed page. It keeps the cards that are there and adds, changes or removes only
 * what differs, so that a playing video or a half-written caption survives. All text goes in as text.
 */
export const feedScript = `
const platforms = ['facebook', 'instagram', 'tiktok'];
const element = (id) => document.getElementById(id);
const account = element('account');
const cards = new Map();
const drafts = new Map();
let shown = '';
let feed = { posts: [], drafts: [] };
let isFirst = true;

function fill(root, selector, text) {
  root.querySelector(selector).textContent = text;
}

function mediaElement({ kind, url, alt }) {
  const node = document.createElement(kind === 'video' ? 'video' : 'img');
  if (kind === 'video') Object.assign(node, { controls: true, muted: true, loop: true, playsInline: true, preload: 'metadata' });
  else Object.assign(node, { alt: alt ?? '' });
  node.src = url;
  return node;
}

function setMedia(root, media) {
  const box = root.querySelector('.media');
  box.replaceChildren(...media.map(mediaElement));
  box.hidden = media.length === 0;
  if (media.length > 1) box.dataset.several = media.length;
  else box.removeAttribute('tabindex');
}

function makeCard(post) {
  const card = element('post-template').content.firstElementChild.cloneNode(true);
  Object.assign(card.dataset, {
    platform: post.platform, account: post.account.id, accountName: post.account.name, postId: post.id,
  });
  fill(card, '.avatar', post.account.name.slice(0, 1).toUpperCase());
  fill(card, '.name', post.account.name);
  const link = card.querySelector('.when');
  if (/^https?:/.test(post.permalink)) link.href = post.permalink;
  setTime(card, post.publishedAt);
  card.querySelector('.ai').hidden = !post.aiLabel;
  card.querySelector('.story-mark').hidden = !post.isStory;
  card.classList.toggle('story', post.isStory);
  setMedia(card, post.media);
  fill(card, '.text', post.text);
  card.querySelector('.comments').replaceChildren(...post.comments.map(({ author, text }) => {
    const item = document.createElement('li');
    const name = document.createElement('b');
    name.textContent = author;
    item.append(name, ' ', text);
    return item;
  }));
  return card;
}

function makeDraft(draft) {
  const form = element('draft-template').content.firstElementChild.cloneNode(true);
  form.dataset.publishId = draft.publishId;
  fill(form, '.name', draft.account.name);
  form.caption.setAttribute('aria-label', 'Caption for ' + draft.account.name);
  setTime(form, draft.receivedAt);
  form.caption.value = draft.text;
  setMedia(form, draft.media);
  for (const video of form.querySelectorAll('video')) Object.assign(video, { controls: false, autoplay: true });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void postDraft(form, draft.publishId);
  });
  return form;
}

async function postDraft(form, publishId) {
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch('/feed/drafts/' + encodeURIComponent(publishId) + '/post', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ caption: form.caption.value }),
    });
    if (!answer.ok) throw new Error((await answer.json()).message);
    await load();
  } catch (error) {
    say(error.message);
    button.disabled = false;
  }
}

function setTime(root, at) {
  const time = root.querySelector('time');
  time.dateTime = new Date(at).toISOString();
  time.title = new Date(at).toLocaleString();
  time.textContent = ago(Date.now() - at);
}

function ago(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes + ' min ago';
  if (minutes < 1440) return Math.floor(minutes / 60) + ' h ago';
  return Math.floor(minutes / 1440) + ' d ago';
}

function renderPosts() {
  const known = new Set();
  for (const platform of platforms) {
    const posts = feed.posts.filter((post) => post.platform === platform && (account.value === '' || post.account.name === account.value));
    const column = document.querySelector('[data-posts="' + platform + '"]');
    posts.forEach((post, index) => {
      const key = platform + ':' + post.id;
      known.add(key);
      const json = JSON.stringify(post);
      let entry = cards.get(key);
      if (entry === undefined || entry.json !== json) {
        const card = makeCard(post);
        if (entry !== undefined) entry.card.replaceWith(card);
        else if (!isFirst) card.classList.add('new');
        entry = { card, json };
        cards.set(key, entry);
      }
      if (column.children[index] !== entry.card) column.insertBefore(entry.card, column.children[index] ?? null);
    });
    document.querySelector('[data-empty="' + platform + '"]').hidden = posts.length > 0;
    document.querySelector('[data-count="' + platform + '"]').textContent = posts.length || '';
  }
  for (const [key, { card }] of cards) {
    if (known.has(key)) continue;
    card.remove();
    cards.delete(key);
  }
}

function renderDrafts() {
  const waiting = feed.drafts.filter((draft) => account.value === '' || draft.account.name === account.value);
  const ids = new Set(waiting.map(({ publishId }) => publishId));
  for (const [id, form] of drafts) {
    if (ids.has(id)) continue;
    form.remove();
    drafts.delete(id);
  }
  for (const draft of waiting) {
    if (drafts.has(draft.publishId)) continue;
    const form = makeDraft(draft);
    drafts.set(draft.publishId, form);
    element('drafts').append(form);
  }
  element('phone').classList.toggle('idle', waiting.length === 0);
  element('phone-hint').textContent = waiting.length === 0
    ? 'No TikTok drafts waiting.'
    : waiting.length + (waiting.length === 1 ? ' draft waits' : ' drafts wait') + ' in the TikTok inbox. Posting is the creator\\u2019s own tap.';
}

function renderAccounts() {
  const names = [...new Set([...feed.posts, ...feed.drafts].map((item) => item.account.name))].sort();
  const current = [...account.options].slice(1).map((option) => option.value);
  if (JSON.stringify(names) === JSON.stringify(current)) return;
  const chosen = account.value;
  account.replaceChildren(account.options[0], ...names.map((name) => new Option(name, name)));
  account.value = names.includes(chosen) ? chosen : '';
}

function refreshTimes() {
  for (const time of document.querySelectorAll('time[datetime]')) time.textContent = ago(Date.now() - Date.parse(time.dateTime));
}

function say(text) {
  element('status').textContent = text;
}

function render() {
  renderAccounts();
  renderDrafts();
  renderPosts();
}

async function load() {
  const answer = await fetch('/feed.json');
  if (!answer.ok) throw new Error('The feed answered ' + answer.status);
  const text = await answer.text();
  if (text !== shown) {
    shown = text;
    feed = JSON.parse(text);
    render();
    isFirst = false;
  }
}

async function poll() {
  try {
    await load();
    say('');
    refreshTimes();
  } catch {
    say('The sandbox does not answer; trying again\\u2026');
  }
  setTimeout(poll, 1000);
}

account.addEventListener('change', render);
void poll();
`;
