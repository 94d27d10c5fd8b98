// What an official typed must not be lost to an expired session, a lost network or a moment that is filled in by half:
// the browser would send it, get the sign-in page or its own error page, and forget the text. So ask first.
const SESSION = "/api/session";

export function keepsTyped(texts) {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.closest("main") || event.defaultPrevented) return;
    const half = [...form.elements].find((field) => field.validity?.badInput);
    if (half) {
      event.preventDefault();
      half.focus();
      return half.reportValidity();
    }
    if (!form.querySelector("textarea,input[type=text],input[type=file]") || form.elements.password) return;
    if (form.dataset.asked) { delete form.dataset.asked; return; }
    event.preventDefault();
    if (form.dataset.asking) return;
    form.dataset.asking = "yes";
    const fault = await trouble(texts);
    delete form.dataset.asking;
    if (fault) return show(form, fault);
    form.dataset.asked = "yes";
    form.requestSubmit(event.submitter);
  });
}

async function trouble(texts) {
  try {
    const answer = await fetch(SESSION, { headers: { Accept: "application/json" } });
    return answer.status === 401 ? { text: texts.signedOut, link: texts.signIn } : null;
  } catch { return { text: texts.offline }; }
}

export function show(form, { text, link }) {
  form.querySelector("[data-kept]")?.remove();
  const box = document.createElement("div"), line = document.createElement("p");
  box.className = "govuk-error-summary";
  box.dataset.kept = "";
  box.tabIndex = -1;
  box.setAttribute("role", "alert");
  line.className = "govuk-body govuk-!-margin-bottom-0";
  line.textContent = text + " ";
  if (link) {
    const way = document.createElement("a");
    Object.assign(way, { className: "govuk-link", href: "/sign-in", target: "_blank", rel: "noopener", textContent: link });
    line.append(way);
  }
  box.append(line);
  form.append(box);
  box.focus();
}
