"""The configuration of the channels: every mistake at its line and column, and no secret in it."""

from pathlib import Path

import pytest
from delivery_samples import codes, write_channels
from msgspec.structs import fields

from layout.delivery import Trust, channels_schema, find_channel, load_configuration
from layout.delivery.channels import CHANNELS
from layout.delivery.load import KINDS, SETTINGS
from layout.delivery.settings import ChannelSettings, Names

SFTP = "sftp://desk@plant.example/incoming"
LOGIN = "known_hosts: hosts, key: key"


def load(folder: Path, text: str) -> tuple[list[tuple[str, int, int]], ChannelSettings | None]:
    for name in ("hosts", "key", "printer.pem"):
        (folder / name).touch()
    path = folder / "channels.yaml"
    path.write_text(text, "utf-8")
    read = load_configuration(path)
    found = [(one.code, one.span.line, one.span.column) for one in read.diagnostics]
    return found, read.value.channels["plant"] if read.value else None


def test_a_full_configuration(tmp_path: Path) -> None:
    text = f"""
channels:
  plant:
    url: {SFTP}
    known_hosts: hosts
    key: key
    passphrase_env: PLANT_PASSPHRASE
    paper: YB
    section: A
    files: all
    names: {{page: "p{{page:02}}v{{version}}"}}
    attempts: 2
    timeout: 5
  hot: {{url: "file:///mnt/plant", staging: tmp}}
  beside: {{url: "file:hot"}}
  proofer: {{url: "ipps://printer.example/ipp/print", proof: true, media: iso_a3_297x420mm, ca: printer.pem}}
  queue: {{url: "cups:proof_a3", copies: 2}}
signers:
  张三: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE zhang
"""
    found, plant = load(tmp_path, text)
    assert found == []
    assert plant is not None
    assert (plant.address.host, plant.address.user, plant.address.path) == ("plant.example", "desk", "/incoming")
    assert (plant.key, plant.known_hosts) == (tmp_path / "key", tmp_path / "hosts")
    assert (plant.attempts, plant.timeout, plant.files) == (2, 5.0, "all")
    assert plant.names == Names(page="p{page:02}v{version}")
    read = load_configuration(tmp_path / "channels.yaml").value
    assert read is not None
    assert read.channels["hot"].address.path == "/mnt/plant"
    assert read.channels["beside"].address.path == str(tmp_path / "hot")
    assert read.channels["proofer"].files == "issue"
    queue = read.channels["queue"].address
    assert (queue.kind, queue.host, queue.port, queue.path) == ("printer", "localhost", 631, "/printers/proof_a3")
    assert read.trust.signers == {"张三": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE zhang"}


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("{url: 12}", ("wrong-type", 2, 16)),
        ("{}", ("missing-key", 2, 10)),
        ("{url: 'ftp://plant.example/'}", ("bad-url", 2, 16)),
        ("{url: 'sftp://plant.example/'}", ("bad-url", 2, 16)),
        ("{url: 'sftp://desk@:22/'}", ("bad-url", 2, 16)),
        ("{url: 'sftp://desk@host:no/'}", ("bad-url", 2, 16)),
        ("{url: 'sftp://desk@[::1/'}", ("bad-url", 2, 16)),
        ("{url: 'ipp:///print'}", ("bad-url", 2, 16)),
        ("{url: 'ipp://host/print?x=1'}", ("bad-url", 2, 16)),
        ("{url: 'cups://host/queue'}", ("bad-url", 2, 16)),
        ("{url: 'cups:'}", ("bad-url", 2, 16)),
        ("{url: 'file://server/share'}", ("bad-url", 2, 16)),
        ("{url: 'sftp://desk:secret@plant.example/in'}", ("secret-in-file", 2, 16)),
        (f"{{url: '{SFTP}', {LOGIN}, password: secret}}", ("unknown-key", 2, 84)),
        (f"{{url: '{SFTP}', key: key}}", ("missing-key", 2, 10)),
        (f"{{url: '{SFTP}', known_hosts: hosts}}", ("missing-key", 2, 10)),
        (f"{{url: '{SFTP}', known_hosts: nowhere, key: key}}", ("file-missing", 2, 67)),
        ("{url: 'file:///hot', media: iso_a3_297x420mm}", ("not-for-channel", 2, 31)),
        ("{url: 'ipp://host/', key: key}", ("not-for-channel", 2, 31)),
        ("{url: 'file:///hot', paper: 样报}", ("bad-value", 2, 38)),
        ("{url: 'file:///hot', attempts: 0}", ("bad-value", 2, 41)),
        ("{url: 'file:///hot', names: {page: 'p{pag}'}}", ("bad-pattern", 2, 47)),
        ("{url: 'file:///hot', names: {page: 'p{page:3}'}}", ("bad-pattern", 2, 47)),
        ("{url: 'file:///hot', names: {page: 'p{page'}}", ("bad-pattern", 2, 47)),
        ("{url: 'file:///hot', names: {page: '版{page}'}}", ("bad-pattern", 2, 46)),
        ("{url: 'file:///hot', names: {page: '{date:%H}{page}'}}", ("bad-pattern", 2, 46)),
        ("{url: 'file:///hot', names: {page: '{paper}'}}", ("bad-pattern", 2, 45)),
        ("{url: 'file:///hot', names: {issue: '{page}'}}", ("bad-pattern", 2, 46)),
    ],
)
def test_mistakes_and_their_places(tmp_path: Path, channel: str, expected: tuple[str, int, int]) -> None:
    found, _ = load(tmp_path, f"channels:\n  plant: {channel}\n")
    assert found == [expected]


def test_several_mistakes_at_once(tmp_path: Path) -> None:
    text = "channels:\n  plant: {url: 'sftp://desk@host/', media: a3}\n  ../x: {url: 'file:///hot'}\n"
    found, _ = load(tmp_path, text)
    assert [code for code, _, _ in found] == ["missing-key", "missing-key", "not-for-channel", "bad-channel-name"]


@pytest.mark.parametrize(
    "url",
    [
        "sftp://desk:hunter2@plant.example/in",
        "sftp://desk:hun#ter2@plant.example/in",
        "sftp://desk:hun/ter2@plant.example/in",
        "sftp://desk:hun?ter2@plant.example:22/in",
        "sftp://desk:h@unter2@plant.example/in",
        "sftp://desk:[unter2@plant.example/in",
        "sftp://desk@plant.example/in?password=hunter2",
        "sftp://desk@plant.example/in#unter2",
        "hunter2",
    ],
)
def test_no_message_quotes_a_password(tmp_path: Path, url: str) -> None:
    (tmp_path / "c.yaml").write_text(f"channels: {{plant: {{url: '{url}'}}}}")
    read = load_configuration(tmp_path / "c.yaml")
    assert codes(read.diagnostics) in (["secret-in-file"], ["bad-url"])
    assert "unter2" not in "".join(map(str, read.diagnostics))
    assert "ter2" not in "".join(map(str, read.diagnostics))


@pytest.mark.parametrize("key", ["password", "password_env", "passphrase_env", "key"])
def test_no_message_quotes_a_password_under_another_key(tmp_path: Path, key: str) -> None:
    values = {"url": SFTP, "known_hosts": "hosts", key: "correct horse!"}
    (tmp_path / "hosts").touch()
    write_channels(tmp_path / "c.yaml", {"plant": values})
    read = load_configuration(tmp_path / "c.yaml")
    assert read.value is None
    assert key == "key" or "correct horse" not in "".join(map(str, read.diagnostics))


@pytest.mark.parametrize(
    "url", ["ipp://printer.example:631/a@b", "file:///mnt/a:b@c", "sftp://desk@plant.example:22/a@b"]
)
def test_an_at_sign_in_a_path_is_no_password(tmp_path: Path, url: str) -> None:
    (tmp_path / "c.yaml").write_text(f"channels: {{plant: {{url: '{url}'}}}}")
    assert "secret-in-file" not in codes(load_configuration(tmp_path / "c.yaml").diagnostics)


def test_whose_sign_offs_count(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(
        "roles: [初审, 终审]\nsigners_only: true\nsigners: {张三: ssh-ed25519 AAAA}\n", "utf-8"
    )
    read = load_configuration(tmp_path / "c.yaml")
    assert read.value is not None
    assert read.value.trust == Trust({"张三": "ssh-ed25519 AAAA"}, signers_only=True, roles=("初审", "终审"))


def test_a_channel_that_is_not_there(tmp_path: Path) -> None:
    load(tmp_path, "channels: {plant: {url: 'file:///hot'}}")
    read = load_configuration(tmp_path / "channels.yaml").value
    assert read is not None
    found = find_channel(read, "plnat", tmp_path / "channels.yaml")
    assert codes(found.diagnostics) == ["unknown-channel"]
    assert "plant" in found.diagnostics[0].hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert codes(load_configuration(tmp_path / "none.yaml").diagnostics) == ["file-missing"]


def test_schema_settings_and_kinds_are_one() -> None:
    channel = channels_schema()["properties"]["channels"]["additionalProperties"]["properties"]
    model = {field.name: field for field in fields(ChannelSettings)}
    assert set(channel) - {"url"} == set(model) - {"name", "address", "span"}
    assert set().union(*SETTINGS.values()) == set(channel)
    assert set(KINDS.values()) == set(SETTINGS) == set(CHANNELS)
    for name, rule in channel.items():
        assert rule.get("description") or "$ref" in rule, name
        if "default" in rule:
            assert model[name].default == rule["default"], name
    names = channel["names"]["properties"]
    assert {name: rule["default"] for name, rule in names.items()} == {
        field.name: getattr(Names(), field.name) for field in fields(Names)
    }
