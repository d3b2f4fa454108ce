"""What waits is sent without anybody's doing, whenever it came: the player's outbox and the studio's takes."""

from __future__ import annotations

import pytest

from tests.browser.settling import PATIENCE_MS

pytestmark = pytest.mark.browser

# A server that has as many events as it was sent; the device takes its time to note that.
OUTBOX = """async (answers) => {
  const { Outbox } = await import("/play/static/outbox.js");
  window.sent = [];
  window.note = [];
  const post = async (batch) => {
    window.sent.push(batch);
    const answer = answers.shift() ?? {};
    if (answer.fault) throw answer.fault;
    return batch.at(-1);
  };
  const acknowledge = () => new Promise((resolve) => window.note.push(resolve));
  window.states = [];
  const changed = () => window.states.push(window.box?.state);
  window.box = new Outbox({ post, changed, acknowledge, events: [], acknowledged: 0 });
}"""

# A shelf in memory: slower or faster than a disk, it must make no difference.
SENDING = """async (answers) => {
  const { Sending } = await import("/studio/static/sending.js");
  window.sent = [];
  window.told = [];
  window.fetch = async (path) => {
    window.sent.push(path);
    const { status, body } = answers.shift() ?? { status: 201, body: {} };
    await window.beforeAnswer?.();
    return new Response(JSON.stringify(body), { status });
  };
  const shelf = { put: async () => {}, remove: async () => { await window.whileForgetting?.(); } };
  const useless = (entry, words) => {
    window.told.push([entry.id, words]);
    window.whenUseless?.();
  };
  window.sending = new Sending({ shelf, entries: [], stored() {}, useless, changed() {} });
  window.take = (id, keep = false) => ({ id, key: id, keep, number: 1, wav: new ArrayBuffer(50) });
}"""


@pytest.fixture
def page(school_server, make_context):
    page = make_context(school_server).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto("/auth/sign-in")
    return page


def wait(page, condition):
    page.wait_for_function(f"() => {condition}", timeout=PATIENCE_MS)


def test_an_event_that_comes_while_the_one_before_is_noted(page):
    page.evaluate(OUTBOX, [])
    page.evaluate("() => window.box.add(1)")
    wait(page, "window.note.length === 1")
    page.evaluate("() => { window.box.add(2); window.note[0](); }")
    wait(page, "window.note.length === 2")
    page.evaluate("() => window.note[1]()")
    wait(page, "window.box.state === 'sent' && !window.box.busy")
    assert page.evaluate("window.sent") == [[1], [2]]
    assert page.evaluate("[window.box.unsent, window.box.state]") == [0, "sent"]


def test_events_are_halved_where_they_are_too_large(page):
    page.evaluate(OUTBOX, [{"fault": {"status": 413}}])
    page.evaluate("() => { window.box.batch = 2; window.box.events.push(1, 2); window.box.poke(); }")
    wait(page, "window.note.length === 1")
    page.evaluate("() => window.note[0]()")
    wait(page, "window.note.length === 2")
    assert page.evaluate("window.sent") == [[1, 2], [1], [2]]


@pytest.mark.parametrize(
    ("fault", "state", "tries"),
    [
        ({"status": 503, "passing": True}, "waiting", 2),
        ({"status": 401}, "signed_out", 2),
        ({"status": 403}, "refused", 1),
    ],
)
def test_what_is_tried_again_by_itself(page, fault, state, tries):
    page.evaluate(OUTBOX, [{"fault": fault}])
    page.evaluate("() => window.box.add(1)")
    if tries == 2:
        wait(page, "window.sent.length === 2")
        page.evaluate("() => window.note[0]()")
        wait(page, "window.box.state === 'sent'")
        assert state in page.evaluate("window.states")
        return
    wait(page, "window.box.state === 'refused'")
    # Neither another event nor coming back to the page repeats a refusal; the person's own wish does.
    page.evaluate("() => { window.box.add(2); document.dispatchEvent(new Event('visibilitychange')); }")
    assert len(page.evaluate("window.sent")) == 1
    page.evaluate("() => window.box.again()")
    wait(page, "window.sent.length === 2")
    assert page.evaluate("window.sent[1]") == [1, 2]


REFUSED = {"code": "problems", "problems": [{"code": "take.silent", "message": "nothing heard"}]}
REPLACED = {"code": "take.none", "message": "no such take", "problems": []}


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"status": 422, "body": {"error": REFUSED}}, "nothing heard"),
        ({"status": 404, "body": {"error": REPLACED}}, "no such take"),
    ],
)
def test_a_take_that_is_never_taken_holds_up_no_other(page, first, words):
    page.evaluate(SENDING, [first])
    page.evaluate("() => { window.sending.add(window.take('a')); window.sending.add(window.take('b')); }")
    wait(page, "window.sending.state === 'sent' && window.sending.unsent === 0")
    assert page.evaluate("window.told") == [["a", [words]]]
    assert len(page.evaluate("window.sent")) == 2


@pytest.mark.parametrize("moment", ["beforeAnswer", "whileForgetting", "whenUseless"])
def test_a_take_that_comes_while_the_one_before_is_settled(page, moment):
    page.evaluate(SENDING, [{"status": 422, "body": {"error": REFUSED}}])
    page.evaluate(
        "(moment) => { window[moment] = () => { window[moment] = null; window.sending.add(window.take('b')); };"
        " window.sending.add(window.take('a')); }",
        moment,
    )
    wait(page, "window.sent.length === 2")
    wait(page, "window.sending.state === 'sent' && window.sending.unsent === 0")


def test_a_decision_that_comes_while_its_take_is_on_the_way(page):
    page.evaluate(SENDING, [])
    page.evaluate("""() => {
      window.beforeAnswer = async () => {
        window.beforeAnswer = null;
        await window.sending.add(window.take("a", true));
      };
      window.sending.add(window.take("a"));
    }""")
    wait(page, "window.sending.state === 'sent' && window.sending.unsent === 0")
    assert page.evaluate("window.sent") == ["/api/v1/recordings", "/api/v1/recordings/a/keep"]
