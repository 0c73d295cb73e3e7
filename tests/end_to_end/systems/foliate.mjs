// foliate-js, the engine of Foliate and Readest. It shows notes in a view of their own over the text.
import '/foliate-js/view.js';
import { FootnoteHandler } from '/foliate-js/footnotes.js';
import { choose, count, drawn, links, noted, places, seen } from './seen.mjs';

const flat = (entries) =>
  (entries ?? []).flatMap((each) => [{ title: each.label.trim(), href: each.href }, ...flat(each.subitems)]);

export const open = async (address, place) => {
  const view = document.createElement('foliate-view');
  view.style.cssText = 'display: block; width: 100%; height: 100%';
  place.append(view);
  await view.open(new File([await (await fetch(address)).blob()], 'book.epub'));
  const { renderer } = view;
  renderer.setAttribute('max-column-count', '1');
  const documents = () => renderer.getContents().map(({ doc }) => doc);
  const each = (what) => renderer.getContents().map(({ doc, index }) => [index, what(doc)]);
  const goes = noted(view, 'goTo');
  const still = () => drawn(documents);

  const notes = new FootnoteHandler();
  let opened = () => {};
  notes.addEventListener('before-render', ({ detail }) => {
    // It goes on drawing after it has told its text, so none is taken away again.
    detail.view.style.cssText = 'display: block; position: fixed; width: 300px; height: 200px';
    document.body.append(detail.view);
  });
  notes.addEventListener('render', ({ detail }) => {
    opened(detail.view.renderer.getContents()[0].doc.body.textContent.replace(/\s+/g, ' ').trim());
  });
  view.addEventListener('link', (event) => notes.handle(view.book, event));

  await view.goTo(0);
  await still();
  return {
    direction: view.book.dir,
    contents: flat(view.book.toc),
    sections: view.book.sections.length,
    go: (href) => view.goTo(href).then(still),
    next: async () => {
      const before = places(documents());
      await view.next();
      await still();
      return places(documents()) !== before;
    },
    choose: (href) => goes(() => choose(documents(), href)).then(still),
    /** The text of the note that a mark opens over the text. */
    note: (href) => new Promise((done) => {
      opened = done;
      choose(documents(), href);
    }),
    seen: () => each((document) => seen(document, place.getBoundingClientRect())),
    count: () => each(count),
    links: () => each(links),
  };
};
