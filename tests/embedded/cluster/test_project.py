"""Reading a project folder: where it is, what `config.toml` says, which keys and ports follow."""

from __future__ import annotations

from pathlib import Path

import jwt
import pytest
from supabase_local.errors import StackError
from supabase_local.keys import DEMO_JWT_SECRET, project_keys
from supabase_local.options import Ports, choose_options
from supabase_local.project import read_project


def write_config(folder: Path, text: str) -> Path:
    """Write a `config.toml` into `folder` and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)
    return folder


def test_the_folder_above_is_accepted_too(tmp_path: Path) -> None:
    write_config(tmp_path / "supabase", "")
    assert read_project(tmp_path).directory == tmp_path / "supabase"


def test_a_config_that_is_no_toml_is_named(tmp_path: Path) -> None:
    write_config(tmp_path, "[api\n")
    with pytest.raises(StackError, match=r"config.toml is not valid TOML"):
        read_project(tmp_path)


def test_environment_variables_are_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESTS_SECRET", "from outside")
    monkeypatch.delenv("TESTS_UNSET", raising=False)
    write_config(tmp_path, '[a]\nb = "env(TESTS_SECRET)"\nc = ["env(TESTS_UNSET)", "plain env(TESTS_SECRET)"]')
    project = read_project(tmp_path)
    assert project.setting("a.b", None) == "from outside"
    assert project.setting("a.c", None) == ["env(TESTS_UNSET)", "plain env(TESTS_SECRET)"]
    assert project.setting("a.missing", "default") == "default"


def test_single_settings_can_be_overridden_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_config(tmp_path, "[auth]\njwt_expiry = 3600\nenable_signup = true")
    monkeypatch.setenv("SUPABASE_AUTH_JWT_EXPIRY", "60")
    monkeypatch.setenv("SUPABASE_AUTH_ENABLE_SIGNUP", "false")
    assert read_project(tmp_path).config == {"auth": {"jwt_expiry": 60, "enable_signup": False}}
    monkeypatch.setenv("SUPABASE_AUTH_JWT_EXPIRY", "soon")
    with pytest.raises(StackError, match="SUPABASE_AUTH_JWT_EXPIRY must be a value like 3600, not 'soon'"):
        read_project(tmp_path)


def test_the_keys_are_the_demo_keys_of_the_official_cli(tmp_path: Path) -> None:
    keys = project_keys(read_project(write_config(tmp_path, "")))
    assert keys.jwt_secret == DEMO_JWT_SECRET
    assert keys.anon.startswith("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24i")
    assert keys.anon.endswith(".CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0")
    assert keys.service_role.endswith(".EGIM96RAZx35lJzdJsyH-qQwv8Hdp7fsn3W0YpN81IU")


def test_another_secret_signs_other_keys(tmp_path: Path) -> None:
    secret = "a-secret-of-the-project-with-at-least-32-characters"
    keys = project_keys(read_project(write_config(tmp_path, f'[auth]\njwt_secret = "{secret}"')))
    assert jwt.decode(keys.service_role, secret, algorithms=["HS256"])["role"] == "service_role"


def test_ports_come_from_the_command_line_then_the_config_then_the_cli(tmp_path: Path) -> None:
    project = read_project(write_config(tmp_path, "[api]\nport = 1111\n[db]\nport = 2222"))
    assert choose_options(project, None, database_port=3333).ports == Ports(1111, 3333, 54324, 54325)
    assert choose_options(project, None).data == tmp_path / ".temp" / "local"
