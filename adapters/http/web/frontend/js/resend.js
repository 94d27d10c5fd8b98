// A form that keeps what was typed is sent by the script, so that text and files are still there when it comes back with a
// fault, the server is out of order or the line breaks off: a browser would forget them.
import { show } from "./keep.js";
import { done, nameOf, trying } from "./typed.js";

export function keepsFiles(texts, init) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches?.("form[data-keeps]")) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    try { if (await send(form, event.submitter, texts, init)) return; } catch { show(form, { text: texts.offline }); }
    delete form.dataset.sending;
  });
}

// Whether the page is being left.
async function send(sent, submitter, texts, init) {
  await trying(sent);
  const answer = await fetch(sent.action, { method: "POST", body: new FormData(sent, submitter), headers: { Accept: "text/html" } });
  if (answer.redirected && new URL(answer.url).pathname === "/sign-in")
    return show(sent, { text: texts.signedOut, link: texts.signIn });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = next.querySelector("main"), again = [...(main?.querySelectorAll("form[data-keeps]") || [])].find((form) => nameOf(form) === nameOf(sent));
  if (answer.status >= 400 && !again)
    return show(sent, { text: [...(main?.querySelectorAll("h1,p") || [])].map((line) => line.textContent.trim()).join(" ") || texts.failed });
  if (answer.redirected) {
    await done(sent);
    location.assign(answer.url);
    return true;
  }
  if (!again) await done(sent);
  const chosen = new Map([...sent.querySelectorAll("input[type=file][name]")].map((field) => [field.name, field.files]));
  document.querySelector("main").replaceWith(main);
  document.title = next.title;
  // "here": nothing is to be read at the address that the form is sent to, so a reload needs the address of its page
  history.replaceState(history.state, "", sent.dataset.keeps === "here" ? location.href : sent.action);
  for (const field of again?.querySelectorAll("input[type=file][name]") || [])
    if (chosen.get(field.name)?.length) field.files = chosen.get(field.name);
  for (const line of main.querySelectorAll("[data-lost]")) line.remove();
  init(main);
  const place = main.querySelector(".govuk-error-summary") || main.querySelector("h1");
  if (place) { place.tabIndex = -1; place.focus(); }
  scrollTo({ top: 0 });
  document.dispatchEvent(new CustomEvent("app:page", { detail: nameOf(sent) }));
}
