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
  typed = document.activeElement?.matches('#q, #below') ? document.activeElement : undefined;
});

addEventListener('htmx:afterSwap', () => {
  const field = typed && document.getElementById(typed.id);
  if (field && field !== typed) {
    field.value = ''; // the cursor of a number goes to the end by this alone
    field.value = typed.value;
  }
  typed = undefined;
  for (const curve of document.querySelectorAll('#curves > [data-of]')) {
    document.querySelector(`[data-account="${CSS.escape(curve.dataset.of)}"] > .c-curve`)?.replaceChildren(...curve.childNodes);
    curve.remove();
  }
});

addEventListener('htmx:afterSettle', ({ detail }) => {
  if (detail.target?.id !== 'accounts') return;
  const field = document.activeElement;
  const moreIsTyped = field.matches('#q, #below') && field.value !== field.defaultValue;
  if (moreIsTyped) htmx.trigger(field.form, 'submit');
  else say(document.getElementById('total').textContent);
});

addEventListener('htmx:sendError', ({ detail }) => {
  const note = document.querySelector('#note > p');
  if (!note || !['accounts', 'main'].includes(detail.target.id)) return;
  note.firstElementChild.textContent = 'The server was not reached: this is the list as it was.';
  note.hidden = false;
});

addEventListener('tierchanged', () => (due ??= setTimeout(renew, PAUSE)));

const asked = () => '/portfolio/figures' + location.search;
const isIn = () => document.querySelector('#figures :focus'); // the place would be lost

function renew() {
  due = undefined;
  if (isIn()) due = setTimeout(renew, PAUSE);
  else if (document.getElementById('figures')) {
    htmx.ajax('GET', asked(), { target: '#figures', select: '#figures', swap: 'outerHTML' });
  }
}

// Other figures were chosen while these were on their way.
addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.id !== 'figures' || (detail.pathInfo.requestPath === asked() && !isIn())) return;
  detail.shouldSwap = false;
  due ??= setTimeout(renew, PAUSE);
});
