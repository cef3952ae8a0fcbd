// Follows the feed of tier changes. What has changed changes in its place; nothing that is being read moves.
// Without this script the pages are what they were when they were asked for.
const live = document.getElementById('live');
const isList = !document.querySelector('.title[data-account]');
const shown = new Map();
const first = new Map();
const stale = new Map(); // accounts to be fetched, and whether they are told of
const busy = new Set();
const became = new Map(); // accounts that were told of, and what became of them
const elsewhere = new Set();
let note;
let last = live.dataset.after;
let source;

// What the page shows now: a filter or a form may have brought another part of it, which says anew what has changed.
function look() {
  const now = document.querySelector('#note > p');
  if (now !== note) [first, became, elsewhere].forEach(each => each.clear());
  note = now;
  shown.clear();
  for (const each of document.querySelectorAll('[data-account]')) {
    shown.set(each.dataset.account, each);
    if (!first.has(each.dataset.account)) first.set(each.dataset.account, each.dataset.tier);
  }
}

function follow() {
  source?.close();
  if (document.hidden) return;
  source = new EventSource(`/v1/tier-changes?after=${last}`);
  source.onopen = () => {
    say('Live');
    [...stale.keys()].forEach(refresh);
  };
  source.onmessage = event => {
    last = event.lastEventId;
    changed(JSON.parse(event.data));
  };
  source.onerror = () => {
    say('Reconnecting');
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 2000); // it was refused, as by a proxy
  };
}

function say(status) {
  live.textContent = status;
  live.classList.toggle('wait', status !== 'Live');
}

function changed({ account, quiet }) {
  dispatchEvent(new CustomEvent('tierchanged'));
  if (shown.has(account)) {
    stale.set(account, !quiet || Boolean(stale.get(account)));
    refresh(account);
  } else if (!quiet && isList) {
    elsewhere.add(account);
    tell();
  }
}

// One request at a time for an account, however many changes there are.
async function refresh(account) {
  if (busy.has(account)) return;
  busy.add(account);
  try {
    while (stale.has(account)) {
      const told = stale.get(account);
      stale.delete(account); // it may become stale again meanwhile
      try {
        put(account, await row(account), told);
      } catch {
        stale.set(account, told || Boolean(stale.get(account)));
        break; // until the server is reached again
      }
    }
  } finally {
    busy.delete(account);
  }
}

// The account as it is now; null if it is gone.
async function row(account) {
  const answer = await fetch(`/accounts/${encodeURIComponent(account)}/row`);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.statusText);
  const html = document.createElement('template');
  html.innerHTML = await answer.text();
  return html.content.querySelector('tr');
}

function put(account, fresh, told) {
  const old = shown.get(account);
  if (!old) return; // another part of the list has come meanwhile
  if (old.matches('tr')) {
    if (fresh) replace(account, old, fresh);
    else old.classList.add('gone');
  }
  const tier = fresh ? fresh.dataset.tier : 'erased';
  const same = tier === first.get(account);
  const known = became.delete(account); // what became of it last is told last
  if (!same && (told || known)) became.set(account, `${old.dataset.name} became ${tier}`);
  tell();
}

function replace(account, old, fresh) {
  const focused = old.contains(document.activeElement);
  fresh.classList.add('fresh');
  if (fresh.dataset.tier !== first.get(account)) {
    const was = fresh.querySelector('.was');
    was.textContent = `was ${first.get(account)}`;
    was.hidden = false;
  }
  const curve = fresh.querySelector('.c-curve');
  if (curve && !curve.firstElementChild) curve.replaceChildren(...old.querySelector('.c-curve').childNodes);
  old.replaceWith(fresh);
  shown.set(account, fresh);
  if (focused) fresh.querySelector('a').focus();
}

function tell() {
  const others = elsewhere.size + became.size - 1;
  const more = others === 1 ? ', and another account changed its tier,' : `, and ${others} others changed their tier,`;
  const outside = elsewhere.size === 1 ? 'An account that is not shown' : `${elsewhere.size} accounts that are not shown`;
  if (!note) return;
  note.firstElementChild.textContent =
    (became.size ? [...became.values()].pop() + (others ? more : '') : `${outside} changed tier`) + ' while you were here.';
  note.hidden = !became.size && !elsewhere.size;
}

// A page that nobody sees needs no connection: a browser has few for all its tabs together.
document.addEventListener('visibilitychange', follow);
addEventListener('htmx:afterSettle', look);
look();
follow();
