"""The unit that systemd starts the service with: as little as it needs of the machine, and nothing of anybody's home.

In come where the program is and whose it is to be, out come files as text. Pure. What each line keeps out stands in
systemd.exec(5); `systemd-analyze security` gives the system's unit less than 3.0.
"""

from pathlib import Path

from msgspec import Struct

NAME = "avtalsvakt.service"
ACCOUNT = "avtalsvakt"

HARDENED = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
ProtectHostname=yes
ProtectClock=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
KeyringMode=private
UMask=0027
MemoryMax=2G
TasksMax=64
"""
"""What the service may not do. Shared memory that is written and run is not among what it needs."""


class Installation(Struct, frozen=True):
    """Where the program is (`program`, the command's file) and whether the whole machine or one account starts it."""

    program: Path
    system: bool

    @property
    def unit(self) -> Path:
        """Where the unit lies."""
        if self.system:
            return Path("/etc/systemd/system") / NAME
        return Path.home() / ".config" / "systemd" / "user" / NAME

    @property
    def settings(self) -> Path:
        """The file with the service's environment."""
        return Path("/etc/avtalsvakt/miljo") if self.system else Path.home() / ".config" / "avtalsvakt" / "miljo"

    @property
    def secret(self) -> Path:
        """The file with the mail server's password, which only the service gets to see."""
        return self.settings.with_name("smtp-password")

    @property
    def account(self) -> Path:
        """What makes the account, for systemd-sysusers."""
        return Path("/etc/sysusers.d/avtalsvakt.conf")

    def files(self) -> dict[Path, str]:
        """Every file with its text; the settings only where there are none."""
        found = {self.unit: unit(self), self.settings: SETTINGS}
        if self.system:
            found[self.account] = f'u {ACCOUNT} - "Avtalsvakt" /var/lib/avtalsvakt\n'
        return found

    def steps(self) -> tuple[str, ...]:
        """The commands that follow, in order."""
        user = "" if self.system else " --user"
        first = ("systemd-sysusers",) if self.system else ("loginctl enable-linger",)
        return (*first, f"systemctl{user} daemon-reload", f"systemctl{user} enable --now {NAME}",
                f"systemctl{user} status {NAME}")  # fmt: skip


def unit(one: Installation) -> str:
    """The unit."""
    state = "%S/avtalsvakt"
    lines = [
        "[Unit]",
        "Description=Avtalsvakt: bevakar vad avtal kräver",
        *(["After=network-online.target", "Wants=network-online.target"] if one.system else []),
        "",
        "[Service]",
        "Type=notify",
        "NotifyAccess=main",
        *([f"User={ACCOUNT}", f"Group={ACCOUNT}"] if one.system else []),
        "StateDirectory=avtalsvakt",
        "StateDirectoryMode=0750",
        f"WorkingDirectory={state}",
        f"Environment=AVTALSVAKT_DB={state}/avtalsvakt.db",
        f"EnvironmentFile=-{one.settings}",
        f"LoadCredential=smtp-password:{one.secret}"
        if one.secret.exists()
        else f"# LoadCredential=smtp-password:{one.secret}",
        f"ExecStartPre={one.program} init",
        f"ExecStart={one.program} serve --publish {state}/kalendrar --log json",
        "TimeoutStartSec=10min",
        "TimeoutStopSec=2min",
        "Restart=on-failure",
        "RestartSec=30s",
        *(HARDENED.splitlines() if one.system else _FOR_USERS),
        *_home(one),
        "",
        "[Install]",
        f"WantedBy={'multi-user' if one.system else 'default'}.target",
        "",
    ]
    return "\n".join(lines)


_FOR_USERS = ("NoNewPrivileges=yes", "LockPersonality=yes", "MemoryDenyWriteExecute=yes", "RestrictRealtime=yes",
              "RestrictSUIDSGID=yes", "SystemCallArchitectures=native", "UMask=0027")  # fmt: skip
"""What an account may keep its own services from, without rights over the machine."""


def _home(one: Installation) -> tuple[str, ...]:
    """Homes are out of reach, but for one that the program itself lies in, which can only be read."""
    if not one.system:
        return ()
    inside = any(one.program.is_relative_to(home) for home in _HOMES)
    return ("ProtectHome=read-only" if inside else "ProtectHome=yes",)


_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))

SETTINGS = """\
# Avtalsvakts inställningar; se docs/drift.md. Ta bort # framför det som ska gälla.
#AVTALSVAKT_BASE_URL=https://kommun.example/avtalsvakt
#AVTALSVAKT_WORKERS=2
#AVTALSVAKT_PING=https://overvakning.example/ping/NYCKEL
#AVTALSVAKT_SMTP=smtp.kommun.example:587
#AVTALSVAKT_SMTP_USER=avtalsvakt
#AVTALSVAKT_MAIL_FROM=avtalsvakt@kommun.example
"""
