"""`start.py` for real, in a copy of the product whose path has spaces and Thai letters; each failure is made."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import psutil
import pytest

from phonics_app.launcher import faults, server
from phonics_app.launcher.environment import Environment, fingerprint

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("phonics_app", "item_bank", "rubrics", ".streamlit")
SITE_PACKAGES = Path(pytest.__file__).parents[1]


def copy_product(folder: Path, *parts: str) -> Path:
    folder.mkdir(parents=True)
    for name in parts:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("start.py", "streamlit_app.py"):
        shutil.copy(ROOT / name, folder)
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (folder / name).write_text("", encoding="utf-8")
    return folder


def start(folder: Path, *arguments: str, python: tuple[str, ...] = (), **variables: str):
    command = [sys.executable, *python, "start.py", *arguments]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | variables
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def fault_line(done) -> str:
    """The one line on standard error, in both languages."""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("ผิดพลาด: ")
    assert " · Error: " in lines[0]
    assert re.search("[ก-๙]{5}", lines[0])
    return lines[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """A whole copy with its own `.venv`, made by `start.py`; it borrows the packages of the running environment."""
    folder = copy_product(tmp_path_factory.mktemp("ทด สอบ") / "โปรแกรม ของเรา", *PARTS)
    (folder / "a file").touch()
    done = start(folder, "--data", "a file", "--port", str(free_port()))
    assert "is a file where a folder is needed" in fault_line(done)
    environment = Environment(folder)
    packages = next(environment.folder.glob("lib/python*/site-packages"), environment.folder / "Lib/site-packages")
    (packages / "borrowed.pth").write_text(str(SITE_PACKAGES), encoding="utf-8")
    return folder


@pytest.fixture
def bare(tmp_path):
    """A copy without environment."""
    return copy_product(tmp_path / "product", "phonics_app")


def test_old_pythons_can_read_the_file():
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    assert not any(
        isinstance(n, ast.JoinedStr | ast.AnnAssign | ast.FunctionDef | ast.Nonlocal) for n in ast.walk(tree)
    )
    assert re.match(r"^[ \t\f]*#.*?coding[:=][ \t]*utf-8", source)


def test_too_old_python_says_so():
    code = "import sys; sys.version_info = (3, 8, 0); exec(compile(open('start.py', 'rb').read(), 'start.py', 'exec'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
    lines = done.stderr.decode("utf-8").splitlines()
    assert done.returncode == 1
    assert len(lines) == 1
    assert "3.11 ขึ้นไป" in lines[0]
    assert "this is 3.8" in lines[0]


def test_wrong_command_is_one_line(bare):
    done = start(bare, "--port", "99999")
    assert done.returncode == 2
    assert "'99999' is not a port" in fault_line(done)


def test_port_taken(bare):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for host in ("127.0.0.1", "0.0.0.0"):
            done = start(bare, "--port", str(port), "--host", host)
            assert done.returncode == 1
            assert f"port {port} is in use" in fault_line(done)
    assert not (bare / ".venv").exists(), "nothing is installed before the port is known to be free"


def test_file_in_place_of_the_environment(bare):
    (bare / ".venv").touch()
    assert "is a file where a folder is needed" in fault_line(start(bare, "--port", str(free_port())))


def test_python_without_venv(bare, tmp_path):
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "venv.py").write_text("import ensurepip", encoding="utf-8")
    (stub / "ensurepip.py").write_text("raise ModuleNotFoundError(\"No module named 'ensurepip'\")", encoding="utf-8")
    done = start(bare, "--port", str(free_port()), PYTHONPATH=str(stub))
    assert "python3-venv" in fault_line(done)
    assert done.returncode == 1


def test_no_network(product):
    requirements = product / "requirements.txt"
    requirements.write_text("a-package-that-is-not-there", encoding="utf-8")
    nowhere = {"PIP_INDEX_URL": f"http://127.0.0.1:{free_port()}/simple", "PIP_CONFIG_FILE": os.devnull}
    nowhere |= {"PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": ""}
    done = start(product, "--port", str(free_port()), **nowhere)
    assert done.returncode == 1
    assert "could not download the parts" in fault_line(done)
    assert not Environment(product).unfinished.exists(), "the next run may go on from here"
    requirements.write_text("", encoding="utf-8")


def test_package_that_does_not_exist_is_no_network_fault(product, tmp_path):
    requirements = product / "requirements.txt"
    requirements.write_text("a-package-that-is-not-there", encoding="utf-8")
    alone = {"PIP_INDEX_URL": tmp_path.as_uri(), "PIP_CONFIG_FILE": os.devnull}
    alone |= {"PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": ""}
    line = fault_line(start(product, "--port", str(free_port()), **alone))
    assert "phonics-install.log" in line
    assert "a-package-that-is-not-there" in line
    requirements.write_text("", encoding="utf-8")


def test_second_run_installs_nothing(product):
    data = product / "a file"
    assert "Installing" not in start(product, "--data", str(data), "--port", str(free_port())).stdout


def test_changed_requirements_are_installed(product):
    constraints = product / "constraints.txt"
    constraints.write_text("# newer\n", encoding="utf-8")
    data = product / "a file"
    assert "Installing" in start(product, "--data", str(data), "--port", str(free_port())).stdout
    stamp = Environment(product).stamp("requirements.txt")
    assert stamp.read_text(encoding="utf-8") == fingerprint(product, "requirements.txt")


def test_interrupted_installation_is_made_anew(bare):
    environment = Environment(bare)
    environment.folder.mkdir()
    environment.unfinished.touch()
    (environment.folder / "half a package").touch()
    (bare / "a file").touch()
    done = start(bare, "--data", "a file", "--port", str(free_port()))
    assert "Making the folder .venv" in done.stdout
    assert not (environment.folder / "half a package").exists()
    assert environment.stamp("requirements.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
def test_damaged_database_is_told_and_the_way_back_opened(product, tmp_path):
    data = tmp_path / "ข้อมูล"
    data.mkdir()
    (data / "phonics.db").write_bytes(b"SQLite format 3\0" + b"not a database" * 500)
    process, port = opened(product, tmp_path)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/auth/rescue") as answer:
        assert 'id="code"' in answer.read().decode()
    code = (data / "rescue-code.txt").read_text(encoding="utf-8").strip()
    process.send_signal(signal.SIGTERM)
    assert f"with the code {code}" in rest_of(process)
    assert process.wait(30) == 0


def test_database_of_another_program(product, tmp_path):
    with sqlite3.connect(tmp_path / "phonics.db") as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    connection.close()
    done = start(product, "--data", str(tmp_path), "--port", str(free_port()))
    assert done.returncode == 1
    line = fault_line(done)
    assert "เตรียมฐานข้อมูลไม่สำเร็จ" in line
    assert "Traceback" not in line
    assert "code" not in line, "the error has its own message"


@pytest.mark.skipif(os.name == "nt", reason="a shell script plays the browser")
def test_stops_cleanly_while_the_browser_opens(product, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nkill -TERM $PPID\nsleep 2\n", encoding="utf-8")
    browser.chmod(0o755)
    command = [sys.executable, "start.py", "--port", str(free_port()), "--data", str(tmp_path / "data")]
    there = {"DISPLAY": ":0", "BROWSER": str(browser), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=product, env={**os.environ, **there}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].endswith("Stopping")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C can't be sent to one process group there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_opens_and_stops_cleanly(product, tmp_path, how):
    process, port = opened(product, tmp_path)
    children = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, how) if how is signal.SIGINT else process.send_signal(how)
    rest = rest_of(process)
    assert process.wait(30) == 0, rest
    assert "Stopping" in rest
    assert psutil.wait_procs(children, timeout=10)[1] == [], "the server is gone as well"
    server.require_port(server.Options(port, "127.0.0.1", None, browser=False))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C can't be sent to one process there")
def test_ctrl_c_that_reaches_the_app_first_is_no_fault(product, tmp_path):
    process, _ = opened(product, tmp_path)
    for app in psutil.Process(process.pid).children():
        app.send_signal(signal.SIGINT)
        app.wait(10)
    process.send_signal(signal.SIGINT)
    rest = rest_of(process)
    assert process.wait(30) == 0, rest
    assert "Stopping" in rest


def test_app_that_cannot_start_is_one_line(product, tmp_path):
    script = product / "streamlit_app.py"
    source = script.read_text(encoding="utf-8")
    script.write_text(source.replace("import sys", "raise RuntimeError('broken on purpose')"), encoding="utf-8")
    try:
        done = start(product, "--data", str(tmp_path), "--port", str(free_port()))
    finally:
        script.write_text(source, encoding="utf-8")
    assert done.returncode == 1
    assert "phonics.log" in fault_line(done)
    assert "broken on purpose" in (tmp_path / "phonics.log").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
def test_server_that_dies_is_told(product, tmp_path):
    process, _ = opened(product, tmp_path)
    for child in psutil.Process(process.pid).children():
        child.kill()
    assert "the app stopped by itself (code -9)" in rest_of(process)
    assert process.wait(30) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
@pytest.mark.parametrize(("host", "codes"), [("0.0.0.0", 1), ("127.0.0.1", 0)])
def test_a_network_needs_a_code_to_set_an_empty_site_up(product, tmp_path, host, codes):
    process, port = opened(product, tmp_path, "--host", host)
    url = f"http://127.0.0.1:{port}"
    assert server.is_empty(url)
    # The child has the code; what the launcher says of it comes after "Ready at".
    app = psutil.Process(process.pid).children()[0]
    code = app.environ().get("PHONICS_SETUP_CODE", "")
    said = [line for line in (process.stdout.readline() for _ in range(_lines_to_code(codes))) if "code" in line]
    process.send_signal(signal.SIGTERM)
    rest = rest_of(process)
    assert process.wait(30) == 0, rest
    assert "needs the code" not in rest
    assert len(said) == codes
    assert len(code) == 8 * codes
    assert not codes or f"{code[:4]} {code[4:]}" in said[0]


def _lines_to_code(codes: int) -> int:
    return codes and len(server.lan_addresses()) + codes


def rest_of(process) -> str:
    with process.stdout as output:
        return output.read()


def opened(product: Path, data: Path, *more: str) -> tuple[subprocess.Popen[str], int]:
    """The app, started by `start.py` and answering."""
    port = free_port()
    command = [sys.executable, "-u", "start.py", "--port", str(port), "--data", str(data / "ข้อมูล"), "--no-browser"]
    command += more
    process = subprocess.Popen(
        command,
        cwd=product,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ready at" in line:
            break
    assert f"http://localhost:{port}" in "".join(said[-1:]), "".join(said)
    assert server.is_healthy(f"http://127.0.0.1:{port}")
    return process, port


def test_os_errors_become_faults(tmp_path):
    full = faults.fault_of_os_error(OSError(errno.ENOSPC, "full"), tmp_path, 1500)
    assert "1500 MB" in full.line
    assert "cannot write in" in faults.fault_of_os_error(PermissionError(errno.EACCES, "no"), tmp_path).line


@pytest.mark.parametrize(
    ("output", "key"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk_full"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'", "not_writable"),
        ("The virtual environment was not created successfully because ensurepip is not available.", "venv_missing"),
        ("WARNING: Retrying (Retry(total=1)) after connection broken by 'ReadTimeoutError'", "no_network"),
        ("error: subprocess-exited-with-error", "install_failed"),
    ],
)
def test_what_pip_says_is_understood(output, key, tmp_path):
    assert faults.fault_of_output(output, tmp_path, tmp_path / "log", 100).key == key


def test_settings_that_keep_the_app_quick_and_offline():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False, (
        "collecting after each run makes reruns hundreds of times slower"
    )
    assert settings["server"]["fileWatcherType"] == "none"
    assert settings["browser"]["gatherUsageStats"] is False


def test_every_fault_has_both_languages():
    for key, (thai, english) in faults.FAULTS.items():
        assert re.search("[ก-๙]", thai), key
        assert not re.search("[ก-๙]", english), key


def test_lan_addresses_are_not_loopback():
    assert all(not address.startswith("127.") for address in server.lan_addresses())
