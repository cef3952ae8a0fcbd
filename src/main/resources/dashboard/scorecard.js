// The draft of a scorecard: one document, of which the form and the text are two views. The server says how it reads,
// and what is wrong with it. It is kept in this browser until it is activated or discarded.
import { busy, say } from './frame.js';
import { refused, tell } from './changing.js';
import { discard, drafts, keep, kept } from './draft.js';
import { survey } from './survey.js';

const find = selector => document.querySelector(selector);
const place = find('#draft');
if (place) begin(place.dataset.from);
else offer(find('#kept'), drafts());

// On the pages that are read: which drafts there are.
function offer(note, versions) {
  note.hidden = !versions.length;
  for (const version of versions) {
    const link = document.createElement('a');
    Object.assign(link, { className: 'link', href: `/scorecard/draft?from=${version}`, textContent: `Go on with the draft on version ${version}` });
    note.append(' ', link);
  }
}

async function begin(from) {
  const old = kept(from);
  let current = old?.document ?? (await original(from));
  let against = old?.against ?? Number(find('#differences').dataset.against);
  const text = find('#source');
  let asked = 0; // only the last answer counts
  let previewed = null; // the document that was, as text
  text.value = pretty(current);
  if (old) await renew('text');

  // What was changed goes into the document, which is kept, told to the server and shown.
  function changed(by, before) {
    keep(from, current, against);
    text.value = pretty(current);
    find('#unreadable').textContent = '';
    outdate();
    return renew(by, before);
  }

  // A form that does not fit the document would change something else than it says: a part that may not be added or
  // removed is put back, and a text that has faults is mended as a text.
  async function renew(by, before) {
    const number = ++asked;
    busy(1);
    try {
      const answer = await post(`/scorecard/draft?against=${against}`, current);
      const html = await answer.text();
      if (number !== asked) return;
      if (answer.ok) show(html);
      else if (answer.status === 401) location.assign('/login?to=' + encodeURIComponent(location.pathname + location.search));
      else if (answer.status !== 422) fail(JSON.parse(html).detail);
      else if (!before) refuse(html, by === 'text' ? 'The draft is kept so. The form waits until the document has no faults.' : 'The draft is kept so.', by === 'text');
      else {
        current = JSON.parse(before);
        keep(from, current, against);
        text.value = pretty(current);
        outdate();
        refuse(html, 'So that was not done.', false);
        find('#faults h2').textContent = 'That would be a fault';
      }
    } catch {
      if (number === asked) fail('The server was not reached. The draft is kept in this browser.');
    } finally {
      busy(-1);
    }
  }

  function outdate() {
    find('#outdated').hidden = previewed === null || previewed === JSON.stringify(current);
  }

  addEventListener('change', event => {
    const field = event.target;
    if (field === text) read();
    else if (field.dataset.path) {
      put(current, field.dataset.path, value(field));
      changed('field');
    }
  });

  function read() {
    try {
      const document = JSON.parse(text.value);
      if (JSON.stringify(document) === JSON.stringify(current)) return;
      current = document;
      changed('text');
    } catch (wrong) {
      find('#unreadable').textContent = `This is not JSON: ${wrong.message}. The draft is as it was before.`;
    }
  }

  addEventListener('click', event => {
    const button = event.target.closest('#draft button, #activates, #discard');
    if (!button) return;
    const { adds, removes } = button.dataset;
    const before = JSON.stringify(current);
    if (button.id === 'activates') propose();
    else if (button.id === 'discard') leave();
    else if (button.id === 'rebase') {
      against = Number(button.dataset.version);
      changed('text');
    } else if (adds || removes) {
      if (adds) append(adds);
      else put(current, removes, undefined);
      changed('part', before);
    }
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
    await renew('text');
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
function show(html) {
  find('#faults').hidden = true;
  const open = [...document.querySelectorAll('#edit details[open]')].map(each => each.id);
  const active = document.activeElement;
  const fresh = document.createElement('template');
  fresh.innerHTML = html;
  for (const part of fresh.content.querySelectorAll('[data-part]')) find('#' + part.id).replaceWith(part);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  const again = active?.dataset?.path && field(active.dataset.path);
  if (!again) return;
  if (active.value !== active.defaultValue) again.value = active.value;
  again.focus();
}

function refuse(html, so, waits) {
  const faults = find('#faults');
  faults.hidden = false;
  faults.innerHTML = html;
  faults.append(Object.assign(document.createElement('p'), { textContent: so }));
  find('#edit').inert = waits;
  for (const each of document.querySelectorAll('#edit [aria-invalid]')) each.removeAttribute('aria-invalid');
  for (const { dataset } of faults.querySelectorAll('[data-fault]')) {
    const wrong = field(dataset.fault);
    wrong?.setAttribute('aria-invalid', 'true');
    wrong?.closest('details')?.setAttribute('open', '');
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
