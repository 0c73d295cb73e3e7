// What a reader sees of the documents that a reading system shows: their blocks, and where the first and the last
// letter of each is drawn. A reading system lays a document out in columns in a frame that is wider than the window,
// and moves the frame: so a place is that of the frame and that inside it, added.

const BLOCKS = 'h1, h2, h3, h4, h5, h6, p, li, td, th, figcaption, pre';

/** The pieces of text of a block that stand in no block inside it. */
const pieces = (block) => {
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const out = [];
  while (walker.nextNode()) {
    const piece = walker.currentNode;
    if (piece.data.trim() && piece.parentElement.closest(BLOCKS) === block) out.push(piece);
  }
  return out;
};

const blocks = (document) => [...document.querySelectorAll(BLOCKS)].filter((each) => pieces(each).length);

const place = (piece, at) => {
  const document = piece.ownerDocument;
  const range = document.createRange();
  range.setStart(piece, at);
  range.setEnd(piece, at + 1);
  const box = range.getClientRects()[0];
  const frame = document.defaultView.frameElement.getBoundingClientRect();
  return box && { x: frame.x + box.x + box.width / 2, y: frame.y + box.y + box.height / 2 };
};

const inside = (point, around) =>
  Boolean(point) && point.x > around.left && point.x < around.right && point.y > around.top && point.y < around.bottom;

/** The blocks of `document` that begin or end in `window` (a rectangle), in the order of the document. */
export const seen = (document, window) =>
  blocks(document).flatMap((block, at) => {
    const own = pieces(block);
    const [first, last] = [own[0], own.at(-1)];
    const begin = place(first, first.data.search(/\S/));
    const end = place(last, last.data.trimEnd().length - 1);
    const [begins, ends] = [inside(begin, window), inside(end, window)];
    if (!begins && !ends) return [];
    return [{
      at, begins, ends,
      // How far from the left of the window it begins, in parts of the window's width.
      side: begin && (begin.x - window.left) / window.width,
      tag: block.localName,
      frame: first.parentElement.closest('[data-frame]')?.dataset.frame ?? null,
      text: own.map((each) => each.data).join('').replace(/\s+/g, ' ').trim(),
      language: block.closest('[lang]').lang,
      direction: document.defaultView.getComputedStyle(block).direction,
    }];
  });

/** How much of a document there is to see. */
export const count = (document) => ({
  blocks: blocks(document).length,
  pictures: [...document.images].filter((each) => each.complete && each.naturalWidth > 0).length,
  lost: [...document.images].filter((each) => !each.complete || each.naturalWidth === 0).length,
});

/** The links of a document inside its book. */
export const links = (document) =>
  [...document.querySelectorAll('a[href]')].filter((each) => !/^\w+:/.test(each.getAttribute('href'))).map((each) => ({
    href: each.getAttribute('href'),
    text: each.textContent.trim(),
    note: each.getAttribute('role') === 'doc-noteref',
    frame: each.closest('[data-frame]')?.dataset.frame ?? null,
  }));

/** Choose the first link to an address, as a finger does. */
export const choose = (documents, href) =>
  documents.flatMap((each) => [...each.querySelectorAll('a[href]')]).find((each) => each.getAttribute('href') === href).click();

const numbers = new WeakMap();
let known = 0;

/** Which documents are shown, and where their frames stand: what changes when a reading system turns a page. */
export const places = (documents) =>
  documents.map((each) => {
    if (!numbers.has(each)) numbers.set(each, known += 1);
    const { x, y, width, height } = each.defaultView.frameElement.getBoundingClientRect();
    return [numbers.get(each), x, y, width, height].join(' ');
  }).join();

const STILL = 3;

/** When faces are there and nothing has moved for some frames of the screen. `documents` gives those of the moment. */
export const drawn = async (documents) => {
  let before = null;
  for (let still = 0; still < STILL;) {
    await Promise.all(documents().map((each) => each.fonts.ready));
    await new Promise((done) => requestAnimationFrame(done));
    const now = places(documents());
    still = now === before ? still + 1 : 0;
    before = now;
  }
};

/** Note what a method gives, so that it can be waited for where something else calls it. */
export const noted = (owner, name) => {
  const own = owner[name].bind(owner);
  const calls = [];
  owner[name] = (...args) => {
    const given = own(...args);
    calls.push(given);
    return given;
  };
  return async (begin) => {
    calls.length = 0;
    begin();
    while (!calls.length) await new Promise((done) => requestAnimationFrame(done));
    await calls[0];
  };
};
