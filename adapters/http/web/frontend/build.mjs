// Style sheets and scripts with hashed names, a manifest (name -> hashed name) and precompressed copies.
import { build } from "esbuild";
import * as sass from "sass";
import { copyFileSync, mkdirSync, rmSync, writeFileSync, readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(root, "../static"));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
process.chdir(root);

// The GOV.UK crest is not licensed for others: it never gets into the output.
const noCrest = {
  name: "no-crest",
  setup(b) {
    b.onResolve({ filter: /govuk-crest/ }, () => ({ path: "crest", namespace: "none" }));
    b.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "", loader: "dataurl" }));
  },
};

const started = performance.now();
const common = {
  bundle: true,
  minify: true,
  target: ["es2022", "chrome94", "safari15", "firefox93"],
  logLevel: "warning",
  legalComments: "none",
  metafile: true,
  outdir: out,
  absWorkingDir: root,
};
const style = (name) => {
  const { css } = sass.compile(`scss/${name}.scss`, {
    loadPaths: [".", "scss"],
    style: "expanded",
    quietDeps: true,
    logger: sass.Logger.silent,
  });
  return build({
    ...common,
    stdin: { contents: css, loader: "css", resolveDir: root, sourcefile: `${name}.css` },
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    plugins: [noCrest],
    entryNames: `${name}-[hash]`,
    assetNames: "[name]-[hash]",
  });
};
const results = [
  await style("app"), // officials
  await style("public"), // everybody: smaller, no web font
  await build({ ...common, entryPoints: { app: "js/app.js", charts: "js/charts.js", public: "js/public.js" }, format: "esm", entryNames: "[name]-[hash]" }),
];

// For printed documents: letters that typst can read. They are not served.
mkdirSync(path.join(out, "print"));
for (const cut of ["400Regular", "700Bold"])
  copyFileSync(`node_modules/@expo-google-fonts/be-vietnam-pro/${cut}/BeVietnamPro_${cut}.ttf`, path.join(out, "print", `BeVietnamPro_${cut}.ttf`));
// For official papers: widths of Times New Roman, all Vietnamese marks, free to embed (OFL).
mkdirSync(path.join(out, "papers"));
for (const cut of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"])
  copyFileSync(`node_modules/@expo-google-fonts/tinos/${cut}/Tinos_${cut}.ttf`, path.join(out, "papers", `Tinos_${cut}.ttf`));

const manifest = {};
for (const result of results)
  for (const file of Object.keys(result.metafile.outputs)) {
    const name = path.relative(out, path.resolve(root, file));
    manifest[name.replace(/-[A-Z0-9]{8}(?=\.)/, "")] = name;
  }
writeFileSync(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1));
for (const file of readdirSync(out))
  if (/\.(css|js|svg)$/.test(file)) {
    const bytes = readFileSync(path.join(out, file));
    writeFileSync(`${path.join(out, file)}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${path.join(out, file)}.gz`, gzipSync(bytes, { level: 9 }));
  }
console.log(`front end: ${Object.keys(manifest).length} assets in ${(performance.now() - started) | 0} ms`);
