// Keeps what is typed into a form of the desk, in this tab alone, until the server has it: a page
// that could not be sent and was opened anew gets its words back. Pages that come with words in
// them (after a fault) know better and are left as they are.

const PREFIX = "draft ";
const NOT_TYPED = new Set(["csrf_token", "typed_by", "seen", "idempotency_key"]);

function kept(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_TYPED.has(name)) fields[name] = value;
  }
  return fields;
}

function read(store, name) {
  try {
    return JSON.parse(store.getItem(name));
  } catch {
    return null;
  }
}

function fill(form, draft) {
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name) || field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = draft.fields[field.name] === field.value;
    } else if (field.name in draft.fields) {
      field.value = draft.fields[field.name];
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // Should the server have it already, it knows the words by this key and does nothing twice.
  const key = form.elements.namedItem("idempotency_key");
  if (key && draft.key) key.value = draft.key;
}

export default function start(form, store = sessionStorage) {
  const name = PREFIX + form.dataset.draft;
  const untouched = JSON.stringify(kept(form));
  const save = () => {
    const fields = kept(form);
    if (JSON.stringify(fields) === untouched && "fresh" in form.dataset) return;
    const key = form.elements.namedItem("idempotency_key")?.value;
    try {
      store.setItem(name, JSON.stringify({ fields, key }));
    } catch {
      // Full, or not allowed: the page works as it does without this file.
    }
  };
  const draft = read(store, name);
  if ("fresh" in form.dataset && draft?.fields) {
    fill(form, draft);
    const note = form.querySelector("[data-draft-note]");
    note.hidden = false;
    note.querySelector("[data-draft-drop]").addEventListener("click", () => {
      store.removeItem(name);
      location.reload();
    });
  } else {
    save();
  }
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", save);
}
