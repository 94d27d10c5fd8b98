// A chart is drawn from the table below it; without a script the table alone says everything.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 14;
Chart.defaults.color = "#0b0c0c";
Chart.defaults.animation = false;
const COLOURS = ["#1a4f8b", "#b45309", "#8a1c1c"];
const PATTERNS = [[], [6, 3], [2, 3]]; // told apart without colour too

function draw(table) {
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const rows = [...table.tBodies[0].rows];
  const shown = heads.map((_, place) => place).filter((place) => heads[place].dataset.series !== undefined);
  const line = table.dataset.chart === "line";
  const frame = document.createElement("div");
  frame.className = `app-chart${rows.length > 8 && !line ? " app-chart--tall" : ""}`;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", table.dataset.said);
  frame.append(canvas);
  table.closest("[data-figure]").querySelector("[data-place]").replaceWith(frame);
  new Chart(canvas, {
    type: line ? "line" : "bar",
    data: {
      labels: rows.map((row) => row.cells[0].dataset.short || row.cells[0].textContent.trim()),
      datasets: shown.map((place, number) => ({
        label: heads[place].textContent.trim(),
        data: rows.map((row) => Number(row.cells[place + 1].dataset.value)),
        backgroundColor: COLOURS[number],
        borderColor: COLOURS[number],
        borderDash: line ? PATTERNS[number] : undefined,
        pointStyle: ["circle", "rect", "triangle"][number],
        maxBarThickness: 28,
      })),
    },
    options: {
      indexAxis: table.dataset.chart === "bars" ? "y" : "x",
      maintainAspectRatio: false,
      plugins: { legend: { display: shown.length > 1, labels: { usePointStyle: line } } },
      scales: { [table.dataset.chart === "bars" ? "x" : "y"]: { beginAtZero: true, ticks: { precision: 0 } } },
    },
  });
}
for (const table of document.querySelectorAll("table[data-chart]")) if (table.tBodies[0]?.rows.length) draw(table);
