// On every page: "/" goes to the search, and whatever takes longer than a moment is seen to go on.
const page = document.documentElement;
let waits = 0;

addEventListener('keydown', event => {
  if (event.key !== '/' || event.target.closest('input, textarea, select')) return;
  const search = document.querySelector('input[type=search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
});

// The bar appears after 200 ms, by the stylesheet: what is quicker does not flicker.
export function busy(by) {
  waits = Math.max(0, waits + by);
  page.classList.toggle('busy', waits > 0);
}

addEventListener('htmx:beforeRequest', () => busy(1));
addEventListener('htmx:afterRequest', () => busy(-1));

// What had the focus may be gone with what is replaced: it goes on from there, if it cannot go back to the same.
let left;
addEventListener('htmx:beforeSwap', ({ detail: { target } }) => { if (target.contains(document.activeElement)) left = target.id; });
addEventListener('htmx:afterSettle', ({ detail: { target } }) => {
  if (!left || target.id !== left) return;
  const place = document.getElementById(left);
  left = '';
  if (!place || document.activeElement !== document.body) return;
  if (!place.matches('a, button, input, select, textarea, summary, [tabindex]')) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

// A key that was taken back, or a month: what is on the page stays, what is asked for does not come any more.
// What is refused where a page or its list was asked for is told by a page of its own.
addEventListener('htmx:responseError', ({ detail: { xhr, target, pathInfo } }) => {
  if (xhr.status === 401) ended();
  else if (['accounts', 'main'].includes(target.id)) location.assign(pathInfo.finalRequestPath);
});

/** Says, once, that the server does not know this browser any more, and where it is asked for a key. */
export function ended() {
  if (document.getElementById('ended')) return;
  const note = Object.assign(document.createElement('p'), { id: 'ended', className: 'wide note' });
  note.setAttribute('role', 'alert');
  const link = Object.assign(document.createElement('a'), { className: 'link', textContent: 'Show a key' });
  link.href = '/login?to=' + encodeURIComponent(location.pathname + location.search);
  note.append('Your session has ended: nothing here is brought up to date, and nothing can be changed. ', link, '.');
  document.getElementById('main').before(note);
}

// A link or a form that leads to another page: the page goes, and its bar with it.
addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  const here = !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !here || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
  busy(1);
});
addEventListener('submit', event => event.defaultPrevented || busy(1));
addEventListener('pageshow', () => busy(-waits));

// <button type="button" data-prints>
addEventListener('click', event => event.target.closest('button[data-prints]') && print());

// What is to be read aloud.
export function say(text) {
  document.getElementById('said').textContent = text;
}
