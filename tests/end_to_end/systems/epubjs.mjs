// epub.js, which shows e-books on many web sites. It is a plain script that needs JSZip before it.
import { choose, count, drawn, links, noted, places, seen } from './seen.mjs';

const load = (address) => new Promise((done, failed) => {
  const script = document.createElement('script');
  Object.assign(script, { src: address, onload: done, onerror: failed });
  document.head.append(script);
});

const flat = (entries) =>
  entries.flatMap((each) => [{ title: each.label.trim(), href: each.href }, ...flat(each.subitems)]);

export const open = async (address, place) => {
  await load('/jszip/dist/jszip.min.js');
  await load('/epubjs/dist/epub.js');
  const book = ePub();
  await book.open(await (await fetch(address)).arrayBuffer());
  const { width, height } = place.getBoundingClientRect();
  const view = book.renderTo(place, { width, height, flow: 'paginated', spread: 'none' });
  const { toc } = await book.loaded.navigation;
  await view.display();
  const documents = () => view.getContents().map((each) => each.document);
  const each = (what) => view.getContents().map(({ sectionIndex, document }) => [sectionIndex, what(document)]);
  const goes = noted(view, 'display');
  const still = () => drawn(documents);
  await still();
  return {
    direction: book.package.metadata.direction,
    contents: flat(toc),
    sections: book.spine.items.length,
    go: (href) => view.display(href).then(still),
    next: async () => {
      const before = places(documents());
      await view.next();
      await still();
      return places(documents()) !== before;
    },
    choose: (href) => goes(() => choose(documents(), href)).then(still),
    seen: () => each((document) => seen(document, place.getBoundingClientRect())),
    count: () => each(count),
    links: () => each(links),
  };
};
