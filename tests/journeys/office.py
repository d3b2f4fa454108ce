"""What people of a school do on the Streamlit pages, in Thai, through the real browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phonics_app.locales import translator
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS, settle

_ = translator("th")


def own_password(given: str) -> str:
    """What a person chooses who was given a password by somebody else."""
    return f"{given} ของฉันเอง"


@dataclass
class Office:
    """One signed-in person in one browser tab. Texts are given in English and looked for in Thai."""

    page: object
    server: Server

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/auth/sign-in")
        self.page.fill("#username", username)
        self.page.fill("#password", password)
        self.page.click("form button.primary")
        self.page.wait_for_url(lambda url: "/auth/sign-in" not in url)
        if "/auth/password" in self.page.url:
            self.page.fill("#password", own_password(password))
            self.page.fill("#again", own_password(password))
            self.page.click("form button.primary")
        self.page.wait_for_url(lambda url: "/auth/" not in url)

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.settle()

    def settle(self) -> None:
        settle(self.page)

    def press(self, text: str, **values: object) -> None:
        self.page.get_by_role("button", name=_(text).format(**values), exact=True).click()

    def unfold(self, text: str) -> None:
        self.page.locator("[data-testid=stExpander] summary").filter(has_text=_(text)).click()

    def wait_for_text(self, text: str, **values: object) -> None:
        self.page.get_by_text(_(text).format(**values)).first.wait_for(timeout=PATIENCE_MS)

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def create_account(self, username: str, name: str, password: str, role: str) -> None:
        self.open("/accounts")
        self.unfold("Create an account")
        form = self.page.locator("[data-testid=stForm]").filter(has_text=_("Create account"))
        form.get_by_label(_("Username")).fill(username)
        form.get_by_label(_("Name shown")).fill(name)
        form.get_by_label(_("New password"), exact=True).fill(password)
        form.get_by_label(_("The same once more")).fill(password)
        self.choose(form, role)
        form.get_by_role("button", name=_("Create account")).click()
        self.wait_for_text("Account created: {name}", name=username)

    def choose(self, form, option: str) -> None:
        """Picks one option of a list of many, as a person does who tries again where the list closed on him."""
        found = self.page.get_by_role("option", name=option, exact=True)
        for _attempt in range(5):
            form.get_by_role("combobox").fill("")
            form.get_by_role("combobox").press_sequentially(option, delay=5)
            self.settle()
            if found.count() == 1:
                break
        found.click()
        form.locator("[data-tag]").filter(has_text=option).first.wait_for()
        self.page.keyboard.press("Escape")

    def upload(self, name: str, content: bytes, mime: str) -> None:
        self.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": mime, "buffer": content})

    def download(self, text: str, target: Path) -> bytes:
        with self.page.expect_download(timeout=PATIENCE_MS) as started:
            self.press(text)
        started.value.save_as(target)
        return target.read_bytes()
