/* In each page that is measured: milliseconds from a touch to the frame in which what it changed was painted. */
const watch = { mark: [], choice: [], next: [], shown: 0 };
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
  const channel = new MessageChannel();
  // A frame's callbacks run before it is painted; a message sent from there is handled after that.
  channel.port1.onmessage = () => watch[kind].push(performance.now() - since);
  requestAnimationFrame(() => channel.port2.postMessage(0));
}

new MutationObserver((changes) => {
  for (const { type, attributeName, addedNodes } of changes) {
    if (attributeName === "data-mark") painted("mark");
    if (attributeName === "aria-checked") painted("choice");
    if (type === "childList" && [...addedNodes].some((node) => node.matches?.("main.item"))) {
      watch.shown += 1;
      painted("next");
    }
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-mark", "aria-checked"] });
