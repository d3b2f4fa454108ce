"""Commands for audio: what there is, fetching what is missing, voice packs."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_overwrite, write_document
from phonics_app.cli.output import Output, describe, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.codec import encode
from phonics_app.domain.sound import AudioSource
from phonics_app.locales import N_

if TYPE_CHECKING:
    from phonics_app.workflows.speech import SoundState

_SOURCES = {
    AudioSource.PERSON: N_("a person's voice"),
    AudioSource.GTTS: N_("synthetic, fetched"),
    AudioSource.ESPEAK: N_("synthetic, made here"),
    None: N_("nothing"),
}
_NOTHING = "none"


def add_commands(commands: Commands) -> None:
    """list-audio, fetch-audio, export-voice-pack, import-voice-pack."""
    _ = commands.translate
    help = _("list the sounds of the item bank and where the audio of each comes from")
    parser = commands.add("list-audio", list_audio, help, "--level 3 --json")
    parser.add_argument("--level", type=int, help=_("of one level only"))
    sources = [source.value for source in AudioSource]
    parser.add_argument("--source", choices=[*sources, _NOTHING], help=_("only what comes from there"))
    help = _("fetch spoken words from the internet beforehand; what was broken off goes on")
    parser = commands.add("fetch-audio", fetch_audio, help, "--pause 2")
    pause = _("between two words (default: 1)")
    parser.add_argument("--pause", type=_seconds_of, default=1.0, metavar="SECONDS", help=pause)
    help = _("write this site's recordings as a voice pack for other schools")
    parser = commands.add("export-voice-pack", export_voice_pack, help, "--out voices.zip")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("file to write"))
    add_overwrite(parser, _)
    help = _("take over the recordings of a voice pack")
    parser = commands.add("import-voice-pack", import_voice_pack, help, "voices.zip")
    parser.add_argument("file", type=Path, help=_("the voice pack"))


def _seconds_of(text: str) -> float:
    """Seconds from 0 to 60, as argparse's `type`."""
    try:
        if 0 <= float(text) <= 60:
            return float(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r}: 0, 0.5 … 60")


def list_audio(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import speech

    _ = output.translate
    found = [state for state in speech.list_audio(open_site(), SYSTEM) if _wanted(state, options)]
    counts = Counter(state.source for state in found)
    lines = [_line(state, output) for state in found]
    lines += [f"{_(text)}: {counts[source]}" for source, text in _SOURCES.items()]
    numbers = {source.value if source else _NOTHING: counts[source] for source in _SOURCES}
    output.show({"counts": numbers, "sounds": [_fields(state) for state in found]}, lines)
    return 0


def _wanted(state: SoundState, options: argparse.Namespace) -> bool:
    source = state.source.value if state.source else _NOTHING
    return options.level in (None, state.needed.level) and options.source in (None, source)


def _line(state: SoundState, output: Output) -> str:
    needed = state.needed
    face = f"{needed.sound.text or needed.grapheme} {needed.ipa}".strip()
    speaker = state.recording.speaker if state.recording else ""
    return f"{needed.level}  {face:<20}  {output.translate(_SOURCES[state.source])}  {speaker}".rstrip()


def _fields(state: SoundState) -> dict[str, object]:
    sound, recording = state.needed.sound, state.recording
    return {
        "key": sound.key,
        "kind": sound.kind.value,
        "text": sound.text,
        "phonemes": list(sound.phonemes),
        "level": state.needed.level,
        "source": state.source.value if state.source else None,
        "synthetic": state.source.synthetic if state.source else None,
        "speaker": recording.speaker if recording else None,
        "licence": recording.licence.value if recording else None,
        "recorded_at": encode(recording.recorded_at) if recording else None,
    }


def fetch_audio(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import speech

    _, show = output.translate, output.progress()
    try:
        manners = speech.Manners(options.pause)
        report = speech.fetch_audio(open_site(), SYSTEM, lambda n, of: show(n / max(of, 1)), manners=manners)
    except KeyboardInterrupt:
        output.show({"broken_off": True}, [_("Broken off. What was fetched is kept; the same command goes on.")])
        return 1
    told = _("Fetched: {fetched}, failed: {failed}, left for later: {left}")
    text = told.format(fetched=report.fetched, failed=len(report.failed), left=report.left)
    output.show({"fetched": report.fetched, "failed": describe(report.failed), "left": report.left}, [text])
    output.problems(report.failed)
    return 1 if report.failed else 0


def export_voice_pack(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import voice_packs

    return write_document(options, output, lambda: voice_packs.export_voice_pack(open_site(), SYSTEM))


def import_voice_pack(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import voice_packs

    content = options.file.read_bytes()
    done = voice_packs.import_voice_pack(open_site(), SYSTEM, options.file.name, content)
    told = output.translate("Taken over: {added}; already here: {present}")
    output.show(done, [told.format(added=done.added, present=done.present)])
    return 0
