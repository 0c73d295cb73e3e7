// What pdf.js reads on the pages of a PDF, as JSON: {pages: [[item, ...], ...], complaints: [words, ...]}.
// Usage: node pdfjs.mjs FOLDER-OF-PDFJS-DIST FILE.pdf
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, file] = process.argv.slice(2);

// As it is loaded it misses a canvas to draw on, and nothing is drawn here.
console.warn = () => {};
const { getDocument } = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
const complaints = [];
console.warn = (...words) => complaints.push(words.join(" "));

const task = getDocument({ data: new Uint8Array(readFileSync(file)) });
const document = await task.promise;
const pages = [];
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  pages.push(items);
}
await task.destroy();
process.stdout.write(JSON.stringify({ pages, complaints }));
