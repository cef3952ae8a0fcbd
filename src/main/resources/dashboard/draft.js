// The drafts of scorecards that this browser keeps, one for each version that they are made from:
// localStorage["keepwell.draft.<version>"] = {"document": {…}, "against": <version in force when it was begun>}
const key = version => `keepwell.draft.${version}`;

/** The draft that is made from a version; null if there is none. */
export function kept(version) {
  try {
    return JSON.parse(localStorage.getItem(key(version)));
  } catch {
    return null;
  }
}

/** The versions from which there are drafts, the newest first. */
export function drafts() {
  const versions = Object.keys(localStorage).filter(each => each.startsWith(key(''))).map(each => Number(each.slice(key('').length)));
  return versions.sort((one, other) => other - one);
}

/** Keeps a draft; against is the version that it is compared with, and that it would replace. */
export function keep(version, document, against) {
  localStorage.setItem(key(version), JSON.stringify({ document, against }));
}

export function discard(version) {
  localStorage.removeItem(key(version));
}

/** Makes a document the draft on the version in force, instead of one that is kept, and shows it. */
export function adopt(document, version) {
  keep(version, document, version);
  location.assign(`/scorecard/draft?from=${version}`);
}
