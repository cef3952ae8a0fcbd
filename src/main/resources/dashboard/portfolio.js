// The list keeps what is typed while it is asked for, curves come to their rows, and the figures follow the changes.
// Without this script the list is filtered by links and forms, and the figures are what they were.
import { say } from './frame.js';

const PAUSE = 3000; // between a change and the figures that have it, and others meanwhile
const wide = matchMedia('(min-width: 1181px)'); // as in the stylesheet: else no curve is shown
let typed;
let due;

// No account is asked for a curve that nobody sees.
addEventListener('htmx:confirm', event => {
  if (event.detail.elt.id === 'curves' && !wide.matches) event.preventDefault();
});
wide.addEventListener('change', () => {
  if (wide.matches && document.getElementById('curves')) htmx.trigger('#curves', 'wide');
});

addEventListener('htmx:beforeSwap', () => {
  const field = document.activeElement;
  typed = field?.id === 'q' ? field.value : undefined;
});

addEventListener('htmx:afterSwap', () => {
  const field = document.getElementById('q');
  if (typed !== undefined && field) field.value = typed;
  typed = undefined;
  for (const curve of document.querySelectorAll('#curves > [data-of]')) {
    document.querySelector(`[data-account="${CSS.escape(curve.dataset.of)}"] > .c-curve`)?.replaceChildren(...curve.childNodes);
    curve.remove();
  }
});

addEventListener('htmx:afterSettle', ({ detail }) => {
  if (detail.target?.id !== 'accounts') return;
  const field = document.getElementById('q');
  if (field.value === field.defaultValue) say(document.getElementById('total').textContent);
  else if (document.activeElement === field) htmx.trigger(field.form, 'submit');
});

// What is refused is told by a page of its own.
addEventListener('htmx:responseError', ({ detail }) => {
  if (['accounts', 'main'].includes(detail.target.id)) location.assign(detail.pathInfo.finalRequestPath);
});

addEventListener('htmx:sendError', ({ detail }) => {
  const note = document.querySelector('#note > p');
  if (!note || !['accounts', 'main'].includes(detail.target.id)) return;
  note.firstElementChild.textContent = 'The server was not reached: this is the list as it was.';
  note.hidden = false;
});

addEventListener('tierchanged', () => (due ??= setTimeout(renew, PAUSE)));

// Not while somebody is in them: the place would be lost.
function renew() {
  due = undefined;
  if (document.querySelector('#figures :focus')) due = setTimeout(renew, PAUSE);
  else if (document.getElementById('figures')) {
    htmx.ajax('GET', '/portfolio/figures' + location.search, { target: '#figures', select: '#figures', swap: 'outerHTML' });
  }
}
