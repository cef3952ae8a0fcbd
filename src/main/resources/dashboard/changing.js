// Forms that change something: <form action="/v1/…" data-changes="PUT">. They send JSON to /v1, as any program does,
// and what it refuses is told at the field. Then what the form says it changes is shown as it is now.
//   data-shows="#part"   what is asked for anew, of this page; without it all of the page
//   data-from="/…"       where that is asked for, if not of this page
//   data-said="…"        what is read aloud once it is done
//   data-asks="#dialog"  a dialog that has to say "yes" before
//   data-changed         only what is not as it was is sent
// A number field becomes a number, a check box true or false; an empty field is left out, or null with data-null.
import { busy, say } from './frame.js';

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
    const answer = await send(form, submitter);
    if (answer.ok) await changed(form);
    else await refused(form, answer);
  } catch {
    tell(form, ['The server was not reached, so it is not known whether that was done. Try again: doing it twice does no harm.']);
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
  const body = {};
  for (const field of form.elements) {
    const button = field.tagName === 'BUTTON';
    if (!field.name || field.disabled || (button && field !== submitter) || (field.type === 'radio' && !field.checked)) continue;
    if ('changed' in form.dataset && field.value === field.defaultValue) continue;
    if (field.type === 'checkbox') body[field.name] = field.checked;
    else if (field.value.trim() === '') 'null' in field.dataset && (body[field.name] = null);
    else body[field.name] = field.type === 'number' ? field.valueAsNumber : field.value.trim();
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
  return htmx.ajax('GET', from, { target: part, select: part, swap: 'outerHTML' });
}

/** Tells in a form why something was not done. */
export async function refused(form, answer) {
  if (answer.status === 401) {
    location.assign('/login?to=' + encodeURIComponent(location.pathname + location.search));
    return;
  }
  const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
  const faults = problem.faults ?? [];
  tell(form, faults.length ? faults.map(({ path, problem }) => `${path} ${problem}.`) : [problem.detail]);
  for (const path of [problem.field, ...faults.map(fault => fault.path)]) {
    form.elements[path]?.setAttribute?.('aria-invalid', 'true');
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
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copies).textContent);
  button.textContent = 'Copied';
  say('Copied');
}
