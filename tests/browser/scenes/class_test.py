"""A class that takes a test by itself: the teacher's page, and a pupil's device from the code to the end."""

from __future__ import annotations

from tests import classroom, sites
from tests.browser.scenes.stage import Stage, Walk
from tests.browser.self_run import MEANT, Pupil, Teacher

# Of each question its right answer, by its options.
RIGHT_ANSWERS = """async () => {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
  const { sitting } = await (await fetch("/api/v1/self/test", options)).json();
  const values = (face) => face.options.map((one) => one.value).sort().join("|");
  return Object.fromEntries(Object.values(sitting.plan.faces).map((face) => [values(face), face.key]));
}"""
KINDS = 3
"""Of questions."""
SOME = 5
"""Answers: no test is over by then."""


def class_test(stage: Stage) -> Walk:
    teacher = Teacher(stage.page())
    board = teacher.page
    board.goto(f"/sitting/new?school={sites.SCHOOLS[0].id}&class={classroom.GRADE.value}-{classroom.ROOM}")
    board.locator("#open").wait_for()
    yield "class-new", board
    code = teacher.open()
    yield "board-expected", board
    pupil = Pupil(stage.page(who=""), stage.server)
    yield from entering(teacher, pupil, code)
    yield from taking(teacher, pupil)
    yield from around(stage, teacher, pupil)
    board.context.close()
    pupil.page.context.close()


def entering(teacher: Teacher, pupil: Pupil, code: str) -> Walk:
    page = pupil.page
    page.goto("/join")
    pupil.wait_for("code")
    yield "pupil-code", page
    pupil.enter("".join(str((int(digit) + 1) % 10) for digit in code))
    page.locator("#refusal").wait_for()
    yield "pupil-wrong-code", page
    pupil.enter(code)
    pupil.wait_for("numbers")
    yield "pupil-numbers", page
    page.locator(".number:enabled").nth(4).click()
    pupil.wait_for("name")
    yield "pupil-name", page
    page.click("#yes")
    pupil.wait_for("waiting")
    yield "pupil-waiting", page
    teacher.page.locator("#admit-all:enabled").wait_for()
    yield "board-waiting", teacher.page
    teacher.admit_all()
    pupil.wait_for("headphones")
    yield "pupil-headphones", page


def taking(teacher: Teacher, pupil: Pupil) -> Walk:
    page = pupil.page
    pupil.start()
    yield "pupil-practice", page
    yield from practising(pupil)
    yield from answering(teacher, pupil)


def answering(teacher: Teacher, pupil: Pupil) -> Walk:
    """Until each kind of question has come; the test goes on after it."""
    page = pupil.page
    seen: set[str] = set()
    for _ in range(SOME):
        task = pupil.screen().replace("item ", "")
        if task not in seen:
            yield f"pupil-{task}", page
        if not seen:
            page.locator(".options .option").nth(1).click()
            yield "pupil-chosen", page
            yield from asking_for_help(teacher, pupil)
        seen.add(task)
        if len(seen) == KINDS:
            return
        yield from one_answer(pupil)


def one_answer(pupil: Pupil) -> Walk:
    """Right and wrong in turn: of somebody who is surely at one end the test would soon know enough."""
    page = pupil.page
    known, before = page.evaluate(RIGHT_ANSWERS), pupil.item()
    values = page.locator(".options .option").evaluate_all("all => all.map((one) => one.dataset.value)")
    right = values.index(known["|".join(sorted(values))])
    page.locator(".options .option").nth(right - len(before) % 2).click()
    page.click("#next")
    pupil.wait_for_another(before)
    if pupil.screen() == "rest":
        yield "pupil-rest", page
        page.click("#go-on")
        page.locator('[data-screen^="item"]').wait_for()


def asking_for_help(teacher: Teacher, pupil: Pupil) -> Walk:
    pupil.page.click("#help")
    pupil.page.locator('#help[aria-pressed="true"]').wait_for()
    yield "pupil-help", pupil.page
    teacher.page.locator("#help-wanted").wait_for()
    yield "board-help", teacher.page


def practising(pupil: Pupil) -> Walk:
    """The practice, with a wrong answer where one is given."""
    page = pupil.page
    before = pupil.item()
    page.locator(".options .option").last.click()
    page.click("#next")
    pupil.wait_until_practised(before)
    if page.locator(MEANT).count():
        yield "pupil-practice-again", page
        page.locator(MEANT).click()
        page.click("#next")
    pupil.wait_for_another(before)
    pupil.practise()


def around(stage: Stage, teacher: Teacher, pupil: Pupil) -> Walk:
    """Stopping, pausing, being sent home; the end; the teacher's questions and the code for a whole room."""
    board, page = teacher.page, pupil.page
    page.click("#stop")
    pupil.wait_for("stop")
    yield "pupil-stop", page
    page.click("#stop-today")
    pupil.wait_for("ended")
    yield "pupil-ended", page
    page.click("#go-on")
    board.locator("#pause-all:enabled").click()
    pupil.wait_for("paused")
    yield "pupil-paused", page
    yield "board-paused", board
    board.click("#size")
    yield "board-large", board
    board.click("#size")
    board.locator("#go-on-all:enabled").click()
    page.locator('[data-screen^="item"]').wait_for()
    while pupil.screen().startswith("item"):
        yield from one_answer(pupil)
    pupil.wait_for("done")
    yield "pupil-done", page
    other = Pupil(stage.page(who=""), stage.server).join(teacher.code(), 2)
    other.wait_for("waiting")
    teacher.wait_for(2, "waiting")
    board.locator('tr[data-number="2"] [data-action="take_back"]').click()
    board.locator("dialog").wait_for()
    yield "board-question", board
    board.click("#question-yes")
    other.wait_for("code")
    other.page.context.close()
    board.click("#end")
    board.click("#question-yes")
    board.locator("#reopen").wait_for()
    yield "board-ended", board
