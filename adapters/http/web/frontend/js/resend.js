// A form with files is sent by the script, so that what was chosen is still there when it comes back with a fault or the
// line breaks off: a browser would forget it.
export function keepsFiles(texts, init) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches?.("form[data-keeps-files]")) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    try { await send(form, event.submitter, init); } catch { fault(form, texts.offline); }
    delete form.dataset.sending;
  });
}

async function send(sent, submitter, init) {
  const answer = await fetch(sent.action, { method: "POST", body: new FormData(sent, submitter), headers: { Accept: "text/html" } });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = next.querySelector("main");
  if (answer.status >= 400 && !main?.querySelector("form[data-keeps-files]"))
    return fault(sent, [...(main?.querySelectorAll("h1,p") || [])].map((line) => line.textContent.trim()).join(" "));
  const chosen = new Map([...sent.querySelectorAll("input[type=file][name]")].map((field) => [field.name, field.files]));
  document.querySelector("main").replaceWith(main);
  document.title = next.title;
  const again = main.querySelector("form[data-keeps-files]");
  for (const field of again?.querySelectorAll("input[type=file][name]") || [])
    if (chosen.get(field.name)?.length) field.files = chosen.get(field.name);
  for (const line of main.querySelectorAll("[data-lost]")) line.remove();
  init(main);
  const place = main.querySelector(".govuk-error-summary") || main.querySelector("h1");
  if (place) { place.tabIndex = -1; place.focus(); }
  scrollTo({ top: 0 });
  document.dispatchEvent(new CustomEvent("app:page"));
}

function fault(form, text) {
  form.querySelector("[data-kept]")?.remove();
  const box = document.createElement("div"), line = document.createElement("p");
  Object.assign(box, { className: "govuk-error-summary", tabIndex: -1 });
  box.dataset.kept = "";
  box.setAttribute("role", "alert");
  Object.assign(line, { className: "govuk-body govuk-!-margin-bottom-0", textContent: text });
  box.append(line);
  form.append(box);
  box.focus();
}
