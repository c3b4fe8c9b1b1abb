// Forgets drafts of the desk: those that the server has taken, those of somebody else, and all of
// them when somebody logs out.

const PREFIX = "draft ";

function forget(store, is) {
  for (const name of Object.keys(store)) {
    if (name.startsWith(PREFIX) && is(name)) store.removeItem(name);
  }
}

export default function start(form, store = sessionStorage) {
  const { owner, taken } = form.dataset;
  forget(store, (name) => !name.startsWith(`${PREFIX}${owner} `));
  if (taken) {
    forget(store, (name) => {
      try {
        return JSON.parse(store.getItem(name)).key.startsWith(taken);
      } catch {
        return false;
      }
    });
  }
  form.addEventListener("submit", () => forget(store, () => true));
}
