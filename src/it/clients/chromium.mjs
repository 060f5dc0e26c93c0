// Runs page.mjs in a headless Chromium, from another origin than the server's.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const [, , modules, baseUrl] = process.argv;
const require = createRequire(`${modules}/`);
const { build } = require("esbuild");
const { chromium } = require("playwright-core");
const here = import.meta.dirname;

const bundle = await build({
    entryPoints: [`${here}/page.mjs`], nodePaths: [modules], bundle: true, write: false, logLevel: "error",
    format: "iife", globalName: "page", define: { global: "globalThis" },
    external: ["@matrix-org/matrix-sdk-crypto-wasm"], // loaded for end-to-end encryption only
});
const files = {
    "/": ["text/html", "<!doctype html><title>A client</title><script src=page.js></script>"],
    "/page.js": ["text/javascript", bundle.outputFiles[0].contents],
    "/service_worker.js": ["text/javascript", await readFile(`${here}/service_worker.js`)],
};
const site = createServer((request, response) => {
    const [type, body] = files[request.url] ?? [];
    response.writeHead(type ? 200 : 404, type && { "Content-Type": type }).end(body);
});
await new Promise((listening) => site.listen(0, "127.0.0.1", listening));

const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--ignore-certificate-errors"], // service workers too, which the option ignoreHTTPSErrors leaves out
});
try {
    const page = await browser.newPage();
    const ranges = [];
    page.on("response", (response) => response.status() === 206 && ranges.push(response.headers()["content-range"]));
    await page.exposeFunction("rangesReceived", () => ranges.splice(0));
    await page.goto(`http://localhost:${site.address().port}/`); // a secure context, as service workers demand
    await page.evaluate((url) => globalThis.page.run(url), baseUrl);
} finally {
    await browser.close();
    site.close();
}
