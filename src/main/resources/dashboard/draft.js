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

/** The versions from which there are drafts, the newest first; none if nothing can be kept here. */
export function drafts() {
  try {
    return Object.keys(localStorage).filter(each => /^keepwell\.draft\.\d+$/.test(each))
      .map(each => Number(each.slice(key('').length))).sort((one, other) => other - one);
  } catch {
    return [];
  }
}

/**
 * Keeps a draft; against is the version that it is compared with, and that it would replace. Whether it did: what a
 * browser keeps may be full, or not allowed.
 */
export function keep(version, document, against) {
  try {
    localStorage.setItem(key(version), JSON.stringify({ document, against }));
    return true;
  } catch {
    return false;
  }
}

export function discard(version) {
  try {
    localStorage.removeItem(key(version));
  } catch {
    // where nothing can be kept there is nothing
  }
}

/** Makes a document the draft on the version in force, instead of one that is kept, and shows it; false if it cannot be kept. */
export function adopt(document, version) {
  const kept = keep(version, document, version);
  if (kept) location.assign(`/scorecard/draft?from=${version}`);
  return kept;
}
