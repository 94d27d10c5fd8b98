// The receipt as a picture, drawn on this device: nothing is asked of anybody for it.
const WIDTH = 1080, EDGE = 60;

export async function savesReceipt(place) {
  const qr = place.querySelector("img"), canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const font = (size, weight = 400) => `${weight} ${size}px ${family}`;
  const lines = wrapped(pen, place.dataset.keep, font(34), WIDTH - 2 * EDGE);
  Object.assign(canvas, { width: WIDTH, height: 940 + lines.length * 46 });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  const write = (text, at, size, weight) => { pen.font = font(size, weight); pen.fillText(text, EDGE, at); };
  write(place.dataset.title, 110, 52, 700);
  write(place.dataset.sent, 180, 34);
  write(place.dataset.code, 280, fitted(pen, place.dataset.code, font, WIDTH - 2 * EDGE), 700);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(qr, (WIDTH - 560) / 2, 320, 560, 560);
  lines.forEach((line, row) => write(line, 940 + row * 46, 34));
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png")), way = document.createElement("a");
  way.href = URL.createObjectURL(blob);
  way.download = "hoso.png";
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
}

function fitted(pen, text, font, width) {
  let size = 96;
  for (pen.font = font(size, 700); pen.measureText(text).width > width; pen.font = font(size, 700)) size -= 2;
  return size;
}

function wrapped(pen, text, font, width) {
  const lines = [""];
  pen.font = font;
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
