// Forms that change something: <form action="/v1/…" data-changes="PUT">. They send JSON to /v1, as any program does,
// and what it refuses is told at the field. Then what the form says it changes is shown as it is now.
//   data-shows="#part"   what is asked for anew, of this page; without it all of the page
//   data-from="/…"       where that is asked for, if not of this page
//   data-said="…"        what is read aloud once it is done
//   data-changed         only what is not as it was is sent
// A number field becomes a number, a check box true or false; an empty field is left out, or null with data-null.
// What anybody may have named is in data-label: as the name of a field it could hide what a form is itself, as its elements.
import { busy, ended, say } from './frame.js';

addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('[data-changes]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  change(form, event.submitter);
}, true);

async function change(form, submitter) {
  if (form.getAttribute('aria-busy')) return; // a second click
  form.setAttribute('aria-busy', 'true');
  tell(form, []);
  busy(1);
  try {
    const answer = await send(form, submitter).catch(() => null);
    if (!answer) tell(form, ['The server was not reached, so it is not known whether that was done. Try again: doing it twice does no harm.']);
    else if (answer.ok) await changed(form);
    else await refused(form, answer);
  } catch {
    tell(form, ['That was done, but this page could not be shown anew: the server was not reached.']);
    say('That was done, but this page could not be shown anew');
  } finally {
    busy(-1);
    form.removeAttribute('aria-busy');
  }
}

function send(form, submitter) {
  const method = form.dataset.changes;
  const body = JSON.stringify(fields(form, submitter));
  return fetch(form.getAttribute('action'), {
    method,
    ...(method === 'DELETE' ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
}

function fields(form, submitter) {
  const body = Object.create(null);
  for (const field of form.elements) {
    const button = field.tagName === 'BUTTON';
    const name = field.name || field.dataset.label;
    if (!name || field.disabled || (button && field !== submitter) || (field.type === 'radio' && !field.checked)) continue;
    if ('changed' in form.dataset && field.value === field.defaultValue) continue;
    if (field.type === 'checkbox') body[name] = field.checked;
    else if (field.value.trim() === '') 'null' in field.dataset && (body[name] = null);
    else body[name] = field.type === 'number' ? field.valueAsNumber : field.value.trim();
  }
  return body;
}

async function changed(form) {
  const { said, shows, from } = form.dataset;
  const dialog = form.closest('dialog');
  dialog?.close();
  await renew(shows || '#main', from);
  if (said) say(said);
}

/** Asks for a part of this page anew, and puts it in its place. */
export function renew(part, from = location.pathname + location.search) {
  // asked by the part: what one element asks for, htmx asks for one at a time, and drops all but the last
  return htmx.ajax('GET', from, { source: part, target: part, select: part, swap: 'outerHTML' });
}

/** Tells in a form why something was not done. */
export async function refused(form, answer) {
  if (answer.status === 401) ended();
  const problem = answer.status === 401
    ? { detail: 'That was not done: your session has ended.' }
    : await answer.json().catch(() => ({ detail: `That was not done: the answer was ${answer.status} ${answer.statusText}` }));
  const faults = problem.faults ?? [];
  tell(form, faults.length ? faults.map(({ path, problem }) => `${path} ${problem}.`) : [problem.detail]);
  const wrong = [problem.field, ...faults.map(fault => fault.path)];
  for (const field of form.elements) {
    const name = field.name || field.dataset.label;
    if (name && wrong.includes(name)) field.setAttribute('aria-invalid', 'true');
  }
}

/** Says what is wrong, in the form; nothing takes it back. */
export function tell(form, sentences) {
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  let place = form.querySelector('.wrong');
  if (!place) {
    place = document.createElement('p');
    place.className = 'wrong';
    place.setAttribute('role', 'alert');
    form.append(place);
  }
  place.textContent = sentences.join(' ');
}

// <button type="button" data-opens="#dialog">, and <button type="button" data-closes> in it.
addEventListener('click', event => {
  const button = event.target.closest('button[data-opens], button[data-closes], button[data-copies]');
  if (!button) return;
  if (button.dataset.opens) document.querySelector(button.dataset.opens).showModal();
  else if (button.dataset.copies) copy(button);
  else button.closest('dialog').close();
});

async function copy(button) {
  const part = document.querySelector(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(part.textContent);
    button.textContent = 'Copied';
  } catch { // without TLS browsers do not let a script
    const details = part.closest('details');
    if (details) details.open = true;
    getSelection().selectAllChildren(part);
    button.textContent = 'Selected: copy it';
  }
  say(button.textContent);
}
