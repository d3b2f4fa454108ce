// Keeps the files of this page and the pages of tests that were opened here, so that a test goes on when it is loaded
// again without a network. Never an answer of the API, and no page in which a person stands. `KEPT` stands above this:
// the files of one version of the product; another version is another worker with a cache of its own.

const OF_THIS_PAGE = `${KEPT.scope}kept-`;
const CACHE = OF_THIS_PAGE + KEPT.version;
const MOST_PAGES = 20;
const PATIENCE_MS = 4000;
const isTest = (path) => path.startsWith(KEPT.scope) && /^[0-9a-f]{32}$/.test(path.slice(KEPT.scope.length));

self.addEventListener("install", (event) => event.waitUntil(keepFiles().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(takeOver().then(() => self.clients.claim())));
self.addEventListener("message", (event) => event.waitUntil(keepPage(event.data.page)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const wanted = request.mode === "navigate" ? isTest(pathname) : KEPT.files.includes(pathname);
  if (wanted) event.respondWith(fetchOrKept(request, pathname));
});

async function keepFiles() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.files.map((path) => new Request(path, { cache: "no-cache" })));
}

/** The pages of tests are fetched anew, so that they fit the files of this version; what is older is forgotten. */
async function takeOver() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(OF_THIS_PAGE) || name === CACHE) continue;
    const old = await caches.open(name);
    for (const { url } of await old.keys()) await keepPage(new URL(url).pathname).catch(() => {});
    await caches.delete(name);
  }
}

async function keepPage(path) {
  // Once another version has taken over, what this one kept is gone and stays gone, however long the page takes to come.
  if (!isTest(path) || !(await caches.has(CACHE))) return;
  const cache = await caches.open(CACHE);
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  await cache.put(path, answer);
  const pages = (await cache.keys()).filter(({ url }) => isTest(new URL(url).pathname));
  for (const page of pages.slice(0, -MOST_PAGES)) await cache.delete(page);
}

/** From the server as long as it answers; what is kept comes in only where there would be no page at all. */
async function fetchOrKept(request, path) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
  const asked = fetch(request);
  try {
    const answer = await Promise.race([asked, late]);
    if (answer.status < 500) return answer;
  } catch {
    // Told below.
  }
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? asked;
}
