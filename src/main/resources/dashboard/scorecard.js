// The draft of a scorecard: one document, of which the form and the text are two views. The server says how it reads,
// and what is wrong with it. It is kept in this browser until it is activated or discarded.
import { busy, ended, say } from './frame.js';
import { refused, tell } from './changing.js';
import { discard, drafts, keep, kept } from './draft.js';
import { survey } from './survey.js';

const find = selector => document.querySelector(selector);
const place = find('#draft');
if (place) {
  begin(place.dataset.from);
  place.inert = false; // nothing that is typed before is lost
} else offer(find('#kept'), drafts());

// On the pages that are read: which drafts there are.
function offer(note, versions) {
  note.hidden = !versions.length;
  for (const version of versions) {
    const link = document.createElement('a');
    Object.assign(link, { className: 'link', href: `/scorecard/draft?from=${version}`, textContent: `Go on with the draft on version ${version}` });
    note.append(' ', link);
  }
}

function begin(from) {
  const text = find('#source');
  const old = kept(from);
  let current = old?.document ?? JSON.parse(text.defaultValue);
  let against = old?.against ?? Number(find('#differences').dataset.against);
  let safe = true; // whether the browser keeps it
  let asked = 0; // only the last answer counts
  let shown = Promise.resolve();
  let previewed = null; // the document that was, as text
  text.value = pretty(current);
  if (old) shown = renew('text');

  // What was changed goes into the document, which is kept, told to the server and shown.
  function changed(by, before) {
    store();
    text.value = pretty(current);
    find('#unreadable').textContent = '';
    outdate();
    shown = renew(by, before);
    return shown;
  }

  function store() {
    safe = keep(from, current, against);
    place.classList.toggle('unkept', !safe);
    find('#unkept').hidden = safe;
  }

  addEventListener('beforeunload', event => safe || event.preventDefault());

  // A form that does not fit the document would change something else than it says: it waits while a part comes or
  // goes, which is put back if that cannot be, and a text that has faults is mended as a text.
  async function renew(by, before) {
    const number = ++asked;
    const active = document.activeElement;
    const so = safe ? 'The draft is kept so.' : '';
    if (by === 'part') find('#edit').inert = true;
    busy(1);
    try {
      const answer = await post(`/scorecard/draft?against=${against}`, current);
      const html = await answer.text();
      if (number !== asked) return;
      if (answer.ok) return show(html, by, active);
      if (before) undo(before);
      if (answer.status === 401) ended();
      else if (answer.status !== 422) fail(JSON.parse(html).detail);
      else if (!before) refuse(html, by === 'text' ? `${so} The form waits until the document has no faults.` : so, by === 'text');
      else {
        refuse(html, 'So that was not done.', false);
        find('#faults h2').textContent = 'That would be a fault';
      }
    } catch {
      if (number !== asked) return;
      if (before) undo(before);
      fail('The server was not reached. ' + (before ? 'That was not done.' : safe ? 'The draft is kept in this browser.' : ''));
    } finally {
      if (before && number === asked) comeBack(active);
      busy(-1);
    }
  }

  function undo(before) {
    current = JSON.parse(before);
    store();
    text.value = pretty(current);
    outdate();
    find('#edit').inert = false;
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
    if (!button || button.closest('[inert]')) return; // a second click
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
    safe = true; // it is not to be kept any more
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

  async function propose() {
    await shown;
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

function post(url, body) {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

// What is open stays open, and what is being typed stays typed; where a part has gone, others have taken its path.
function show(html, by, before) {
  find('#faults').hidden = true;
  const active = by === 'part' ? before : document.activeElement;
  const gone = by === 'part' && before.dataset.removes?.replace(/\d+]$/, '');
  const open = [...document.querySelectorAll('#edit details[open]')].map(each => each.id).filter(id => !gone || !id.startsWith(`edit-${gone}`));
  const panel = active.closest('#edit details')?.id;
  const part = active.closest('[data-part]')?.id;
  const fresh = document.createElement('template');
  fresh.innerHTML = html;
  for (const each of fresh.content.querySelectorAll('[data-part]')) find('#' + each.id).replaceWith(each);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (active.isConnected || document.activeElement !== document.body) return;
  const again = field(active.dataset.path) ?? button(active.dataset);
  if (by !== 'part' && again && active.value !== active.defaultValue) again.value = active.value;
  const summary = panel && document.getElementById(panel)?.querySelector('summary');
  comeBack(again && !again.closest('details:not([open])') ? again : summary || Object.assign(document.getElementById(part), { tabIndex: -1 }));
}

// Where the keyboard goes on: what had the focus was replaced, or could not have it for a while.
function comeBack(to) {
  if (document.activeElement === document.body && to.isConnected) to.focus();
}

function button({ adds, removes }) {
  if (!adds && !removes) return null;
  return find(adds ? `[data-adds="${CSS.escape(adds)}"]` : `[data-removes="${CSS.escape(removes)}"]`);
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
  return path === undefined ? null : document.querySelector(`[data-path="${CSS.escape(path)}"]`);
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
