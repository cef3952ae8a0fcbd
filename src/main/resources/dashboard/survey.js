// Questions for which all accounts are asked: the answer comes line by line, {"progress":{"asked","accounts"}} while it
// goes on and {"html"} at the end. <section data-survey="/truth/validation?…"> asks as soon as it is there; <form action="…"
// data-surveys="#part"> asks by its filled fields when it is sent, and shows the answer in that part; a script asks by survey().
import { ended, say } from './frame.js';

const BROKEN = 'The answer broke off. Nothing was changed.';

/** Asks, shows in a place how far it is, and then what was found. Another question in the same place ends it. */
export async function survey(place, url, request = {}) {
  place.asking?.abort();
  const asking = new AbortController();
  place.asking = asking;
  place.setAttribute('aria-busy', 'true');
  const again = request.body ? null : () => survey(place, url, request); // a draft may be another one by then
  const bar = progress(place, asking);
  try {
    const headers = { ...request.headers, accept: 'application/x-ndjson' };
    const answer = await fetch(url, { ...request, headers, signal: asking.signal });
    if (!answer.ok) await refused(place, again, answer);
    else {
      for await (const line of lines(answer.body)) {
        if (place.asking !== asking) return;
        shown(place, again, bar, line);
      }
    }
  } catch {
    if (place.asking !== asking) return; // another question has come in between
    wrong(place, again, asking.signal.aborted ? 'It was stopped. Nothing was changed.' : BROKEN);
  } finally {
    if (place.asking === asking) place.removeAttribute('aria-busy');
  }
}

function progress(place, asking) {
  const bar = document.createElement('div');
  bar.className = 'asking';
  bar.innerHTML = '<p>Accounts are asked</p><progress aria-label="Accounts asked"></progress><button type="button" class="plain">Stop</button>';
  bar.querySelector('button').addEventListener('click', () => asking.abort());
  put(place, bar);
  return bar;
}

async function* lines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    rest += value;
    const complete = rest.split('\n');
    rest = complete.pop();
    for (const line of complete) if (line) yield JSON.parse(line);
  }
  if (rest) yield JSON.parse(rest);
}

function shown(place, again, bar, line) {
  if (line.progress) {
    const { asked, accounts } = line.progress;
    if (!accounts) return;
    Object.assign(bar.querySelector('progress'), { max: accounts, value: asked });
    bar.querySelector('p').textContent = `${asked.toLocaleString('en')} of ${accounts.toLocaleString('en')} accounts are asked`;
  } else if (line.html !== undefined) {
    const found = document.createElement('template');
    found.innerHTML = line.html;
    put(place, found.content);
    htmx.process(place);
    say('The answer is there');
    place.dispatchEvent(new CustomEvent('surveyed', { bubbles: true }));
  } else wrong(place, again, line.detail ?? BROKEN);
}

async function refused(place, again, answer) {
  if (answer.status === 401) ended();
  const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
  const faults = (problem.faults ?? []).map(({ path, problem }) => `${path} ${problem}.`);
  const later = answer.status === 429 || answer.status >= 500;
  wrong(place, later && again, ...(faults.length ? faults : [problem.detail]));
}

function wrong(place, again, ...sentences) {
  const told = document.createElement('div');
  told.className = 'told';
  told.setAttribute('role', 'alert');
  told.replaceChildren(...sentences.map(sentence => Object.assign(document.createElement('p'), { textContent: sentence })));
  if (again) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'plain', textContent: 'Ask again' });
    button.addEventListener('click', again);
    told.append(button);
  }
  put(place, told);
}

// Who was at what is replaced goes on from there.
function put(place, content) {
  const left = place.contains(document.activeElement);
  place.replaceChildren(content);
  if (!left) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('[data-surveys]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const filled = [...new FormData(form)].filter(([, value]) => value !== '');
  survey(document.querySelector(form.dataset.surveys), form.getAttribute('action') + '?' + new URLSearchParams(filled));
}, true);

for (const place of document.querySelectorAll('[data-survey]')) survey(place, place.dataset.survey);
