"""Hashes, and which passwords and usernames are accepted."""

from __future__ import annotations

import pytest

from phonics_app.domain.text import Text
from phonics_app.records.account_rules import normal_username, username_problems
from phonics_app.records.passwords import hash_password, is_right_password, password_problems

pytestmark = pytest.mark.usefixtures("product_hashes")

GOOD = ["มะม่วงสุกงอม", "correct horse battery", "ควายสามตัวกินหญ้า", "Xk7#pQ2!vn", "ปลาทู-แมว-หน้าต่าง"]
COMMON = [
    *("1234567890", "0812345678", "081-234-5678", "๐๘๑๒๓๔๕๖๗๘", "1101700207030", "25692569256", "01/06/2569"),
    *("password123", "Password1!", "P@ssw0rd99", "admin@2569", "aaaaaaaaaa", "abababababab"),
    *("abcdefghij", "jihgfedcba", "qwertyuiop", "qwertyuiop1", "phonics2569", "Lamphun2569!", "รหัสผ่าน1234"),
    *("12มกราคม2540", "12มกราคม๒๕๔๐", ",dik8,254012", "ยฟหหไนพก2569", "12/december/1997", "0898-765-432"),
    *("โรงเรียน2569", "สวัสดีครับ99", "isylzjko12", "ฟหกด่าสว123", "เทศบาลเมืองลำพูน", "somsri2569", "ครูสมศรี01"),
]


@pytest.mark.parametrize("password", GOOD)
def test_good_passwords(password):
    assert password_problems(password, "somsri", "ครูสมศรี") == []


@pytest.mark.parametrize("password", COMMON)
def test_passwords_that_anyone_would_guess(password):
    assert [p.code for p in password_problems(password, "somsri", "ครูสมศรี")] == ["account.password_common"]


@pytest.mark.parametrize(("password", "code"), [("สั้นไป", "short"), ("", "short"), ("x1ก" * 70, "long")])
def test_length(password, code):
    assert [p.code for p in password_problems(password)] == [f"account.password_{code}"]


def test_a_problem_never_repeats_the_password():
    assert all(p.value == "" for text in (*COMMON, "short") for p in password_problems(text, "somsri", "ครูสมศรี"))


def test_hashes_are_argon2id_and_salted():
    first, second = hash_password(GOOD[0]), hash_password(GOOD[0])
    # At least what RFC 9106 recommends where memory is short: 64 MB, three passes.
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert is_right_password(first, GOOD[0])
    assert not is_right_password(first, GOOD[1])


def test_the_same_letters_in_another_unicode_form_are_the_same_password():
    assert is_right_password(hash_password("caf\u00e9 au lait"), "cafe\u0301 au lait")


@pytest.mark.parametrize("stored", [None, "", "no hash", "$argon2id$v=19$broken"])
def test_without_a_hash_nothing_is_right(stored):
    assert not is_right_password(stored, "")
    assert not is_right_password(stored, GOOD[0])


def test_a_huge_password_is_not_hashed():
    assert not is_right_password(hash_password(GOOD[0]), GOOD[0] + "x" * 10_000_000)


@pytest.mark.parametrize(
    ("written", "normal"),
    [(" Somsri ", "somsri"), ("SOMSRI", "somsri"), ("ครู๑", "ครู1"), ("สมศรี", "สมศรี"), ("ａｂｃ", "abc")],
)
def test_usernames_in_normal_form(written, normal):
    assert normal_username(written) == normal
    assert username_problems(normal) == []


@pytest.mark.parametrize("username", ["ab", "a b c", "<script>", "x" * 51, "-abc", ".abc", "a\nbc"])
def test_bad_usernames(username):
    assert [p.code for p in username_problems(username)] == ["account.username_bad"]


def test_a_missing_username_is_called_missing():
    assert [p.code for p in username_problems("")] == ["account.username_empty"]


SCHOOLS = (
    Text("โรงเรียนเทศบาลประตูลี้", "Pratu Li Municipal School"),
    Text("โรงเรียนเทศบาลสันป่ายางหลวง", "San Pa Yang Luang Municipal School"),
    Text("โรงเรียนบ้านห้วยไร่", ""),
)
OF_SCHOOLS = [
    *("pratulee2569", "Pratuli-School", "ประตูลี้-2569", "โรงเรียนประตูลี", "thetsabanpratuli", "PratooLee!!!"),
    *("rongrian pratuli", "SanPaYangLuang", "sanpayangluang1", "pr@tuli-2569", "บ้านห้วยไร่ 2569"),
]


@pytest.mark.parametrize("password", OF_SCHOOLS)
def test_the_name_of_a_school_however_it_is_written_is_no_password(password):
    assert [p.code for p in password_problems(password, schools=SCHOOLS)] == ["account.password_common"]


@pytest.mark.parametrize("password", [*GOOD, "ประตูบ้านสีฟ้า", "pratu is a door 7"])
def test_a_word_of_such_a_name_is_a_password_like_another(password):
    assert password_problems(password, schools=SCHOOLS) == []
