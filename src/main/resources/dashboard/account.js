// The day slider, and the signals behind a metric. Without this script another day is asked for by its date.
import { say } from './frame.js';

const DAY = 86_400_000;
let waiting;

// What a day was, while the slider is moved over it: all of that is in the page.
function tell(input) {
  const at = Number(input.value);
  const said = input.dataset.said.split('\n')[at];
  const score = input.dataset.scores.split(',')[at];
  const x = `${(100 * at) / input.max}%`;
  input.setAttribute('aria-valuetext', said);
  document.getElementById('told').textContent = said;
  const cursor = document.getElementById('cursor');
  cursor.setAttribute('x1', x);
  cursor.setAttribute('x2', x);
  const dot = document.getElementById('cursor-dot');
  dot.setAttribute('cx', x);
  dot.setAttribute('cy', score === '' ? '-10' : `${100 - score}%`);
}

const date = input => new Date(Date.parse(input.dataset.first) + input.value * DAY).toISOString().slice(0, 10);

// The whole page becomes that of another day.
function travel(input) {
  const { page, today, shown } = input.dataset;
  if (input.value === shown) return;
  show(input.value === today ? page : `${page}?asOf=${date(input)}`);
}

function show(url) {
  return htmx.ajax('GET', url, { target: '#main', select: '#main', swap: 'outerHTML', push: url });
}

addEventListener('input', ({ target }) => {
  if (target.id === 'day') tell(target);
  if (target.dataset?.names) document.querySelector(target.dataset.names).dataset.label = target.value.trim();
});

// A key held down changes it many times: the last one counts.
addEventListener('change', ({ target }) => {
  if (target.id !== 'day') return;
  clearTimeout(waiting);
  waiting = setTimeout(() => target.isConnected && travel(target), 250);
});

addEventListener('submit', event => {
  if (!event.target.matches('.pick')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  show(`${event.target.getAttribute('action')}?asOf=${event.target.elements.asOf.value}`);
}, true);

addEventListener('click', ({ target }) => {
  const button = target.closest?.('button[data-behind]');
  if (!button) return;
  const row = document.getElementById(button.getAttribute('aria-controls'));
  row.hidden = !row.hidden;
  button.setAttribute('aria-expanded', String(!row.hidden));
  span();
  const place = row.firstElementChild; // asks for itself: of what one element asks at once, only the last is kept
  if (!row.hidden) htmx.ajax('GET', button.dataset.behind, { source: place, target: place });
});

// A cell over more columns than are shown would make room for those that are not.
function span() {
  const shown = [...document.querySelectorAll('.why thead th')].filter(cell => cell.offsetWidth).length;
  for (const cell of document.querySelectorAll('.behind > td')) cell.colSpan = shown;
}

matchMedia('(max-width: 860px)').addEventListener('change', span);

// What could not be had says so where it was expected.
for (const wrong of ['htmx:responseError', 'htmx:sendError']) {
  addEventListener(wrong, ({ detail: { target } }) => {
    if (target.matches('.behind > td, main [hx-trigger=load]')) target.textContent = 'They could not be looked up. Show the page again.';
  });
}

// Who does not see the page is told that it is of another day now, and goes on from its beginning.
const elsewhen = () => document.querySelector('.elsewhen p')?.textContent ?? '';
let told = elsewhen();

addEventListener('htmx:afterSettle', ({ target }) => {
  if (target.id !== 'main' || elsewhen() === told) return;
  told = elsewhen();
  say(told || 'You see it as it is today');
  if (document.activeElement === document.body) target.focus({ preventScroll: true });
});
