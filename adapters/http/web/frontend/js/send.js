// Sends a form without leaving the page, so that chosen photos survive an error and a lost network loses nothing.
// The server's own page is what is shown: its <main> takes the place of ours.
import { wasSent } from "./draft.js";
import { keepCode } from "./store.js";

export function sendsInPlace(form, { start, say, steps }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy || steps.turn(event.submitter)) return;
    form.dataset.busy = "yes";
    const lost = document.getElementById("lost"), button = document.getElementById("send");
    lost.hidden = true;
    button.textContent = button.dataset.busy;
    say(button.dataset.busy);
    await form.shrinking;
    const body = new FormData(form);
    body.set("go", "send");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const receipt = page.querySelector("[data-draft-done]");
      if (!receipt && !page.querySelector("form[data-send]")) return stay(form, reason(page, answer, lost), say);
      if (receipt) {
        await wasSent(form);
        keepCode(receipt.querySelector("#code").textContent.trim());
      }
      show(page, answer);
      say("");
      start();
    } catch { // no network, or it broke off: the command id makes a second try safe
      stay(form, lost.dataset.offline, say);
    }
  });
}

function reason(page, answer, lost) {
  const told = answer.status < 500 && [...page.querySelectorAll("main h1,main p")].slice(0, 2).map((part) => part.textContent).join(". ");
  return told || lost.dataset.server;
}

function stay(form, text, say) {
  const lost = document.getElementById("lost");
  delete form.dataset.busy;
  document.getElementById("lost-text").textContent = text;
  document.getElementById("send").textContent = lost.dataset.again;
  lost.hidden = false;
  lost.focus();
  say(text);
}

function show(page, answer) {
  const fresh = page.querySelector("main"), here = document.querySelector("main");
  document.title = page.title;
  if (!page.querySelector(".govuk-back-link")) document.querySelector(".govuk-back-link")?.closest("nav").remove();
  here.replaceWith(document.adoptNode(fresh));
  if (answer.redirected) history.replaceState(history.state, "", answer.url);
  const place = document.querySelector(".govuk-error-summary:not([hidden])") || document.querySelector("section:not([hidden]) h1, h1");
  place.tabIndex = -1;
  place.focus();
  scrollTo(0, 0);
}
