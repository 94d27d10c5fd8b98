// A list of cases by keyboard. Every key does what a link, a box or a button of the row does too; none works while somebody
// types, and all of them can be switched off (WCAG 2.1.4).
const OFF = "hoso-keys-off";

export function movesAmongRows() {
  const list = document.querySelector("[data-row-list]"), dialog = document.getElementById("keys");
  if (!dialog) return;
  const rows = list ? [...list.querySelectorAll("[data-row]")] : [], live = document.getElementById("live");
  for (const row of rows) row.tabIndex = -1;
  const say = (text) => { if (live) live.textContent = text; };
  const here = () => rows.indexOf(document.activeElement?.closest?.("[data-row]"));

  const go = (to) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
    say(`${rows.indexOf(row) + 1}/${rows.length}: ${row.dataset.row}`);
  };
  const pick = (row) => {
    row.querySelector("input[type=checkbox]")?.click();
    say(`${list.dataset.picked} ${list.querySelectorAll("input[type=checkbox]:checked").length}`);
  };
  const acts = {
    j: () => go(here() + 1),
    k: () => go(here() - 1),
    x: (row) => row && pick(row),
    a: (row) => row?.querySelector("[data-main]")?.click(),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => dialog.showModal(),
  };
  const moves = { ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented || dialog.open) return;
    if (event.target.closest("input:not([type=checkbox]),textarea,select,[contenteditable]")) return;
    const row = rows[here()];
    if (event.target === row && event.key in moves) { event.preventDefault(); return go(here() + moves[event.key]); }
    if (event.target === row && event.key === "Enter") return row.querySelector("a")?.click();
    if (localStorage.getItem(OFF) || !(event.key in acts)) return;
    event.preventDefault();
    acts[event.key](row);
  });

  const button = dialog.querySelector("[data-keys-switch]");
  const named = () => { button.textContent = localStorage.getItem(OFF) ? button.dataset.on : button.dataset.off; };
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    named();
  });
  named();
  document.querySelector("[data-keys-open]")?.addEventListener("click", () => dialog.showModal());
}
