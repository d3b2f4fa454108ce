"""A voice pack goes from one site to another and back, byte for byte."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from phonics_app.domain.errors import Conflict, ProblemsFound
from phonics_app.domain.sound import AudioSource, Licence
from phonics_app.records.recordings import insert_recordings
from phonics_app.speech.voice_pack import write_pack
from phonics_app.workflows.speech import find_audio
from phonics_app.workflows.voice_packs import PackImport, export_voice_pack, import_voice_pack
from tests import sites
from tests.speech.packs import CAT, CHAY, M, recording, three


@pytest.fixture
def other_site(own_template, tmp_path):
    phonics = sites.open_copy(own_template, tmp_path / "other")
    yield phonics
    phonics.store.close()


def store(phonics, *rows):
    with phonics.store.write() as connection:
        insert_recordings(connection, rows)


def dump(phonics):
    with phonics.store.read() as connection:
        return sorted(map(tuple, connection.exec_driver_sql("select * from recording")))


def take_in(phonics, content, name="pack.zip"):
    return import_voice_pack(phonics, sites.PEOPLE.trainer, name, content)


def test_round_trip(phonics, other_site, people):
    store(phonics, *three())
    pack = export_voice_pack(phonics, people.teacher)
    assert take_in(other_site, pack) == PackImport(added=3, present=0)
    assert export_voice_pack(other_site, people.teacher) == pack
    assert find_audio(other_site, people.teacher, CHAY.key).content == three()[2][1]


def test_importing_twice_changes_nothing(phonics, people):
    pack = write_pack(three())
    take_in(phonics, pack)
    before = dump(phonics)
    assert take_in(phonics, pack) == PackImport(added=0, present=3)
    assert take_in(phonics, pack, "under another name.zip") == PackImport(added=0, present=3)
    assert dump(phonics) == before


def test_bringing_a_pack_back_home_changes_nothing(phonics, people):
    store(phonics, *three())
    before = dump(phonics)
    assert take_in(phonics, export_voice_pack(phonics, people.teacher)).added == 0
    assert dump(phonics) == before


def test_only_what_may_be_shared_leaves_the_site(phonics, people):
    store(
        phonics,
        recording(1, CAT),
        recording(2, M, licence=Licence.SITE_ONLY),
        recording(3, CHAY, source=AudioSource.GTTS),
    )
    with zipfile.ZipFile(io.BytesIO(export_voice_pack(phonics, people.teacher))) as archive:
        assert archive.namelist() == ["manifest.json", f"audio/{CAT.key}.mp3"]


def test_nothing_to_share(phonics, people):
    store(phonics, recording(1, CAT, kept_at=None))
    with pytest.raises(Conflict, match=r"pack\.nothing"):
        export_voice_pack(phonics, people.teacher)


@pytest.mark.parametrize(("hours", "played"), [(-1, "own"), (1, "pack")])
def test_of_one_sound_the_one_kept_last_is_played(phonics, people, hours, played):
    own, other = recording(1, CAT), recording(2, CAT, 300.0, kept_at=sites.START + timedelta(hours=hours))
    store(phonics, own)
    take_in(phonics, write_pack([other]))
    assert find_audio(phonics, people.teacher, CAT.key).content == {"own": own[1], "pack": other[1]}[played]


def test_a_pack_with_a_fault_leaves_nothing_behind(phonics):
    pack = write_pack([*three()[:2], recording(3, CHAY, consent=False)])
    before = dump(phonics)
    with pytest.raises(ProblemsFound, match=r"pack\.entry_bad"):
        take_in(phonics, pack)
    assert dump(phonics) == before


def test_a_known_number_with_another_content_is_refused(phonics):
    store(phonics, recording(1, CAT))
    before = dump(phonics)
    with pytest.raises(ProblemsFound, match=r"pack\.other_content"):
        take_in(phonics, write_pack([recording(1, CAT, 300.0), recording(2, M)]))
    assert dump(phonics) == before
