// Loading the page again without a network: possible where the browser calls this address safe (https, or this very
// computer). Elsewhere the page waits for the server; what was marked is on the device either way.

/** Has `worker` keep this page and its files. */
export async function keepForOffline(worker) {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ page: window.location.pathname });
  } catch (fault) {
    console.warn(fault); // a private window, or no room: as on an address that is not safe
  }
}
