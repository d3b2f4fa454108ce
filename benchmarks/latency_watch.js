/* In each page that is measured: milliseconds from a touch to the frame in which what it changed was painted; for the
 * next question also until it stood in the page (`placed`), before the browser had drawn it. */
const watch = { mark: [], choice: [], next: [], placed: [], shown: 0 };
globalThis.watch = watch;

const touched = { mark: null, choice: null, next: null };

document.addEventListener(
  "click",
  (e) => {
    if (e.target.closest(".item[data-item]")) touched.mark = e.timeStamp;
    if (e.target.closest(".option")) touched.choice = e.timeStamp;
    if (e.target.closest("#next")) touched.next = e.timeStamp;
  },
  true,
);

function painted(kind) {
  const since = touched[kind];
  if (since === null) return;
  touched[kind] = null;
  const drawn = () => watch[kind].push(performance.now() - since);
  // A frame's callbacks run before it is painted; the most urgent task that is asked for there is the first one after it,
  // before whatever the page itself does once it is painted.
  requestAnimationFrame(() => scheduler.postTask(drawn, { priority: "user-blocking" }));
}

new MutationObserver((changes) => {
  for (const { attributeName } of changes) {
    if (attributeName === "data-mark") painted("mark");
    if (attributeName === "aria-checked") painted("choice");
    if (attributeName === "data-item") {
      watch.shown += 1;
      if (touched.next !== null) watch.placed.push(performance.now() - touched.next);
      painted("next");
    }
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-mark", "aria-checked", "data-item"] });
