"""What `make install` puts where."""

import glob
import os
import re

import hotseat
from harness import expect, expect_equal, test
from workstation import run

FILES = """
etc/hotseat/hotseat.toml.sample
etc/hotseat/web.toml.sample
etc/libvirt/hooks/qemu.d/hotseat
etc/xdg/autostart/hotseat-notify.desktop
usr/bin/hotseat
usr/lib/modules-load.d/hotseat.conf
usr/lib/systemd/system/hotseat-usbserver.socket
usr/lib/systemd/system/hotseat-web.service
usr/lib/systemd/system/hotseatd.service
usr/lib/sysusers.d/hotseat.conf
usr/lib/udev/rules.d/72-hotseat.rules
usr/libexec/hotseat/hotseat-guest
usr/libexec/hotseat/hotseat-import
usr/libexec/hotseat/hotseat-probe
usr/sbin/hotseat-web
usr/sbin/hotseatd
usr/share/applications/hotseat.desktop
usr/share/bash-completion/completions/hotseat
usr/share/dbus-1/system.d/org.hotseat.Hotseat1.conf
usr/share/dbus-1/system.d/vfio.kvm.conf
usr/share/doc/hotseat/hotseat.toml
usr/share/doc/hotseat/openapi.json
usr/share/doc/hotseat/web.toml
usr/share/icons/hicolor/scalable/apps/hotseat.svg
usr/share/man/man1/hotseat.1
usr/share/man/man5/hotseat.toml.5
usr/share/man/man8/hotseat-web.8
usr/share/man/man8/hotseatd.8
usr/share/polkit-1/actions/org.hotseat.Hotseat1.policy
""".split()


@test()
def installation_is_these_files_and_no_others(desk):
    found = [os.path.relpath(path, desk.stage) for path in glob.glob(desk.stage + "/**", recursive=True)]
    expect_equal(sorted(path for path in found if os.path.isfile(os.path.join(desk.stage, path))), sorted(FILES), "files")


@test()
def installed_sample_is_right(desk):
    run("install", "-m", "644", desk.stage + "/etc/hotseat/hotseat.toml.sample", "/run/sample.toml")
    hotseat.hotseat("config", "check", "/run/sample.toml").exits(0)


@test()
def unit_is_there_before_libvirt_starts_guests(desk):
    """They find the clones that they name."""
    before = run("systemctl", "show", "--property=Before", "--value", hotseat.UNIT).split()
    for unit in ("libvirtd.service", "virtqemud.service"):
        expect(unit in before, "not before {}: {}".format(unit, before))


@test()
def unit_is_confined(desk):
    run("systemd-analyze", "verify", "--man=no", hotseat.UNIT)
    security = run("systemd-analyze", "security", "--no-pager", hotseat.UNIT)
    score = re.search(r"Overall exposure level for \S+: ([0-9.]+)", security)
    expect(score, "no score in:\n" + security)
    expect(float(score[1]) < 2.0, "exposure level " + score[1])
