// Shows how far a new version of the scorecards is with the accounts, while it is. It is asked for: a stream of its own
// would take each page one more of the few connections that a browser has.
import { ended } from './frame.js';

const place = document.getElementById('rescoring');
const said = document.getElementById('rescoring-said');
const IDLE = 3000;
const BUSY = 1000;
let timer;

async function look() {
  try {
    const answer = await fetch('/dashboard/rescoring');
    if (answer.status === 204) end();
    else if (answer.ok) show(await answer.text());
    else if (answer.status === 401) return ended();
  } catch {
    // what is shown stays until the server is reached again
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(look, place.firstElementChild ? BUSY : IDLE);
}

// The bar itself stays, so that it grows rather than jumps; only what begins and ends is read aloud.
function show(html) {
  const fresh = document.createElement('template');
  fresh.innerHTML = html;
  const part = (root, name) => root.querySelector(name);
  const what = part(fresh.content, 'p').textContent;
  if (said.textContent === what) {
    for (const name of ['value', 'max']) part(place, 'progress')[name] = part(fresh.content, 'progress')[name];
    part(place, '.far').textContent = part(fresh.content, '.far').textContent;
  } else {
    place.replaceChildren(fresh.content);
    said.textContent = what;
  }
}

function end() {
  if (!place.firstElementChild) return;
  place.replaceChildren();
  said.textContent = 'Accounts have been rescored';
}

document.addEventListener('visibilitychange', () => document.hidden || look());
look();
