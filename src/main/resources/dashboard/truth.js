// What a calibration found: <button data-adopts="#part"> makes the JSON of a part of the page the draft of this browser, and
// goes to it; <button data-downloads="#part" data-file="…"> saves it as a file.
import { tell } from './changing.js';
import { adopt, kept } from './draft.js';

addEventListener('click', event => {
  const button = event.target.closest('button[data-adopts], button[data-downloads]');
  if (!button) return;
  const json = document.querySelector(button.dataset.adopts ?? button.dataset.downloads).textContent;
  const version = Number(button.dataset.version);
  if (button.dataset.downloads) save(json, button.dataset.file);
  else if (kept(version) && !confirm(`This browser keeps a draft on version ${version} already. Replace it?`)) return;
  else if (!adopt(JSON.parse(json), version)) {
    tell(button.parentElement, ['This browser cannot keep a draft: what it may keep is full, or not allowed. Save it as a file instead.']);
  }
});

function save(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
