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

// Chromium now and then loses a page while it opens it. That says nothing of the book, which is asked about again.
const ATTEMPTS = 3;

async function judge(book) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const outdir = `${book}.report-${attempt}`;
      const [, report] = await ace(book, { cwd: path.dirname(book), outdir, lang: "en", silent: true }, runner);
      return fs.writeFileSync(`${book}.json`, JSON.stringify(report));
    } catch (error) {
      if (attempt === ATTEMPTS) {
        return fs.writeFileSync(`${book}.error`, String((error && error.message) || error));
      }
    }
  }
}

(async () => {
  for (const book of books) await judge(book);
  process.exit(0);
})();
