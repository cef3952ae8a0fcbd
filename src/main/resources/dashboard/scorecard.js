// The draft of a scorecard: one document, of which the form and the text are two views. The server says how it reads,
// and what is wrong with it. It is kept in this browser until it is activated or discarded.
import { busy, say } from './frame.js';
import { refused, tell } from './changing.js';
import { discard, keep, kept } from './draft.js';
import { survey } from './survey.js';

const find = selector => document.querySelector(selector);
const note = find('#kept');
if (note) note.hidden = !kept(note.dataset.version);
const place = find('#draft');
if (place) begin(place.dataset.from);

async function begin(from) {
  const old = kept(from);
  let current = old?.document ?? (await original(from));
  let against = old?.against ?? Number(find('#differences').dataset.against);
  const text = find('#source');
  let asked = 0; // only the last answer counts
  let previewed = null; // the document that was, as text
  text.value = pretty(current);

  const store = () => keep(from, current, against);
  if (old) await renew();

  // What was changed goes into the document, which is kept, told to the server and shown.
  function changed() {
    store();
    text.value = pretty(current);
    find('#unreadable').textContent = '';
    outdate();
    return renew();
  }

  async function renew() {
    const number = ++asked;
    busy(1);
    try {
      const answer = await post(`/scorecard/draft?against=${against}`, current);
      const html = await answer.text();
      if (number !== asked) return;
      if (answer.ok || answer.status === 422) show(answer.ok, html);
      else if (answer.status === 401) location.assign('/login?to=' + encodeURIComponent(location.pathname + location.search));
      else fail(JSON.parse(html).detail);
    } catch {
      if (number === asked) fail('The server was not reached. The draft is kept in this browser.');
    } finally {
      busy(-1);
    }
  }

  function outdate() {
    find('#outdated').hidden = previewed === null || previewed === JSON.stringify(current);
  }

  const set = (path, value) => put(current, path, value);

  addEventListener('change', event => {
    const field = event.target;
    if (field === text) read();
    else if (field.dataset.path) {
      set(field.dataset.path, value(field));
      changed();
    }
  });

  function read() {
    try {
      const document = JSON.parse(text.value);
      if (JSON.stringify(document) === JSON.stringify(current)) return;
      current = document;
      changed();
    } catch (wrong) {
      find('#unreadable').textContent = `This is not JSON: ${wrong.message}. The draft is as it was before.`;
    }
  }

  addEventListener('click', event => {
    const button = event.target.closest('#draft button, #activates');
    if (!button) return;
    const { adds, removes } = button.dataset;
    if (adds) append(adds);
    else if (removes) set(removes, undefined);
    else if (button.id === 'discard') return leave();
    else if (button.id === 'rebase') against = Number(button.dataset.version);
    else if (button.id === 'activates') return propose();
    else return;
    changed();
  });

  function append(path) {
    const points = get(current, path);
    const [x, y] = points[points.length - 1];
    points.push([x + (points.length > 1 ? x - points[points.length - 2][0] : 1), y]);
  }

  function leave() {
    discard(from);
    location.assign('/scorecard');
  }

  find('#edit').closest('main').addEventListener('submit', event => {
    event.preventDefault();
    if (event.target.id === 'previews') preview(event.target.elements.sample.value);
    if (event.target.id === 'activation') activate(event.target);
  });

  function preview(sample) {
    previewed = JSON.stringify(current);
    outdate();
    const headers = { 'content-type': 'application/json' };
    survey(find('#preview'), '/scorecard/preview' + (sample && `?sample=${sample}`), { method: 'POST', headers, body: previewed });
  }

  function propose() {
    const says = find('#preview [data-says]');
    const known = says && previewed === JSON.stringify(current);
    const then = known ? says.textContent : 'It has not been previewed as it is now, so it is not known how many accounts change tier.';
    find('#activate-says').textContent = `${find('#differences').dataset.count}. ${then}`;
    find('#activate').showModal();
  }

  async function activate(form) {
    if (form.getAttribute('aria-busy')) return;
    form.setAttribute('aria-busy', 'true');
    tell(form, []);
    busy(1);
    try {
      const headers = { 'content-type': 'application/json', 'if-match': `"${against}"` };
      const answer = await fetch('/v1/scorecards', { method: 'PUT', headers, body: JSON.stringify(current) });
      if (answer.ok) leave();
      else if (answer.status === 412) await superseded();
      else await refused(form, answer);
    } catch {
      tell(form, ['The server was not reached, so it is not known whether that was done. Look at the scorecard in force before you try again.']);
    } finally {
      busy(-1);
      form.removeAttribute('aria-busy');
    }
  }

  async function superseded() {
    find('#activate').close();
    await renew();
    const behind = find('.behind');
    behind?.setAttribute('tabindex', '-1');
    behind?.focus();
    say(`It was not activated. ${find('#behind-h')?.textContent ?? ''}`);
  }
}

async function original(version) {
  const document = await (await fetch(`/v1/scorecards/${version}`)).json();
  delete document.version; // it gets another
  return document;
}

function post(url, body) {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

// What is open stays open, and what is being typed stays typed.
function show(fine, html) {
  const faults = find('#faults');
  faults.hidden = fine;
  faults.innerHTML = fine ? '' : html;
  for (const field of document.querySelectorAll('#edit [aria-invalid]')) field.removeAttribute('aria-invalid');
  if (!fine) {
    for (const { dataset } of faults.querySelectorAll('[data-fault]')) field(dataset.fault)?.setAttribute('aria-invalid', 'true');
    return;
  }
  const open = [...document.querySelectorAll('#edit details[open]')].map(each => each.id);
  const active = document.activeElement;
  const fresh = document.createElement('template');
  fresh.innerHTML = html;
  for (const part of fresh.content.querySelectorAll('[data-part]')) find('#' + part.id).replaceWith(part);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (active?.dataset.path) {
    const again = field(active.dataset.path);
    if (again && active.value !== active.defaultValue) again.value = active.value;
    again?.focus();
  }
}

function fail(detail) {
  const faults = find('#faults');
  faults.hidden = false;
  faults.replaceChildren(Object.assign(document.createElement('p'), { textContent: detail }));
}

function field(path) {
  return document.querySelector(`[data-path="${CSS.escape(path)}"]`);
}

function value(field) {
  if (field.dataset.kind === 'text') return field.value;
  if (field.value === '') return field.dataset.kind === 'number' ? null : undefined;
  return field.dataset.kind === 'days' ? `P${field.value}D` : field.valueAsNumber;
}

const steps = path => path.match(/[^.[\]]+/g);
const get = (document, path) => steps(path).reduce((at, step) => at?.[step], document);

/** Puts a value at a path; undefined takes away what is there. */
function put(document, path, value) {
  const last = steps(path).pop();
  const at = steps(path).slice(0, -1).reduce((at, step) => at?.[step], document);
  if (at === undefined || at === null) return;
  if (value !== undefined) at[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
}

/** JSON as people write it: what fits into a line is in one. */
function pretty(value, indent = '') {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== 'object' || indent.length + flat.length <= 90) return spaced(value);
  const deeper = indent + '  ';
  const inner = Array.isArray(value)
    ? value.map(each => deeper + pretty(each, deeper))
    : Object.entries(value).map(([name, each]) => `${deeper}${JSON.stringify(name)}: ${pretty(each, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner.join(',\n')}\n${indent}${close}`;
}

function spaced(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  return `{${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`).join(', ')}}`;
}
