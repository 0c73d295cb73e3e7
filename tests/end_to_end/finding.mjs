// Where pdf.js's own find controller finds words in a PDF, as JSON: [[{page, x, y}, ...], ...], one list a word.
// Usage: node finding.mjs FOLDER-OF-PDFJS-DIST FILE.pdf < WORDS (a list in JSON)
// Every search is the one that Firefox makes when somebody types into its bar and sets no box there: neither
// case nor marks matter. A place is that of the beginning of the piece of text in which the word begins.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, file] = process.argv.slice(2);
const words = JSON.parse(readFileSync(0, "utf-8"));

// As they are loaded they miss a canvas and a window; nothing is drawn here.
console.warn = () => {};
globalThis.pdfjsLib = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
// As it is loaded the viewer asks a page for its style and for its next frame; the controller never does.
const element = { style: {} };
globalThis.document = { createElement: () => element, documentElement: element };
globalThis.window = { requestAnimationFrame: () => {} };
const { EventBus, PDFFindController } = await import(
  pathToFileURL(`${folder}/legacy/web/pdf_viewer.mjs`)
);
delete globalThis.document;
delete globalThis.window;

const task = globalThis.pdfjsLib.getDocument({ data: new Uint8Array(readFileSync(file)) });
const opened = await task.promise;
const eventBus = new EventBus();
const finder = new PDFFindController({
  eventBus,
  linkService: { pagesCount: opened.numPages, page: 1 },
  delay: 0,
  updateMatchesCountOnProgress: false, // tell when all pages are searched
});
finder.setDocument(opened);

// The places of the pieces of each page, by where in the page's text each begins, as the controller counts.
const pieces = [];
for (let number = 1; number <= opened.numPages; number += 1) {
  const page = await opened.getPage(number);
  const { items } = await page.getTextContent({ disableNormalization: true });
  let at = 0;
  pieces.push(
    items.map(({ str, hasEOL, transform }) => {
      const start = at;
      at += str.length + (hasEOL ? 1 : 0);
      return { start, x: transform[4], y: transform[5] };
    }),
  );
}

function found(query) {
  return new Promise((resolve) => {
    const done = () => {
      eventBus.off("updatefindmatchescount", done);
      resolve();
    };
    eventBus.on("updatefindmatchescount", done);
    eventBus.dispatch("find", {
      source: null,
      type: "find",
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: false,
      findPrevious: false,
      matchDiacritics: false,
    });
  });
}

const places = [];
for (const word of words) {
  await found(word);
  places.push(
    finder.pageMatches.flatMap((matches, page) =>
      matches.map((match) => {
        const { x, y } = pieces[page].findLast(({ start }) => start <= match);
        return { page, x, y };
      }),
    ),
  );
}
await task.destroy();
process.stdout.write(JSON.stringify(places));
