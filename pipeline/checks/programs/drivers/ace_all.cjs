// Ace by DAISY over several e-books in one process: a report as JSON beside each, "NAME.json".
// Arguments: the folder of Node's packages, then the e-books.
"use strict";
const { createRequire } = require("node:module");
const fs = require("node:fs");
const path = require("node:path");

const [modules, ...books] = process.argv.slice(2);
const need = createRequire(path.join(modules, "from-here.js"));
const ace = need("@daisy/ace-core");
const runner = need("@daisy/ace-axe-runner-puppeteer");

async function judge(book) {
  try {
    const options = { cwd: path.dirname(book), outdir: `${book}.report-${process.pid}`, lang: "en", silent: true };
    const [, report] = await ace(book, options, runner);
    fs.writeFileSync(`${book}.json`, JSON.stringify(report));
  } catch (error) {
    fs.writeFileSync(`${book}.error`, String((error && error.message) || error));
  }
}

(async () => {
  for (const book of books) await judge(book);
  process.exit(0);
})();
