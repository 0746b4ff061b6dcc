"""`hotseat guest prepare`: a domain gets the inputs that the seat needs, and what it was comes back."""

import os

import hotseat
from cases.routing import forwarded
from harness import expect, expect_equal, test
from seat import ONE_DEVICE, PREPARED
from workstation import run

PATHS = ["/dev/input/by-id/debby-keyboard", "/dev/input/by-id/debby-mouse"]


def prepare(*options, user=None):
    return hotseat.hotseat("guest", "prepare", "debby", *options, user=user)


def undo(*options):
    return prepare("--undo", *options)


def definition():
    """Lines in any order: libvirt moves controllers when it reads a definition again."""
    return sorted(run("virsh", "-q", "dumpxml", "--inactive", "--security-info", "debby").splitlines())


@test(PREPARED)
def no_trace_unasked__guest_is_prepared_and_that_is_undone(desk):
    forwarded(desk)
    before = definition()
    shown = prepare("--dry-run").exits(0).out
    for path in PATHS:
        expect("+      <source evdev='{}' />".format(path) in shown, "no {} in:\n{}".format(path, shown))
    prepare().exits(2)  # nobody to ask
    expect_equal(definition(), before, "the definition, before anybody agreed")

    done = prepare("--yes", "--json").exits(0).json
    expect_equal(done["added"], PATHS, "added")
    expect(os.path.isfile(done["backup"] + "/before.xml"), "no backup in " + done["backup"])
    for path in PATHS:
        expect("      <source evdev='{}'/>".format(path) in definition(), "it does not read " + path)
    expect("nothing to do" in prepare("--yes").exits(0).out, "it is prepared twice")

    debby = desk.guest("debby")
    debby.start()
    read = os.popen("ls -l /proc/{}/fd".format(debby.pid)).read()
    nodes = [os.path.realpath(path) for path in PATHS]
    expect(all(node in read for node in nodes), "QEMU does not read {}:\n{}".format(nodes, read))
    running = undo("--yes").exits(0).out
    expect("shut it down" in running, "it does not say that debby runs:\n" + running)
    expect_equal(definition(), before, "the definition, undone")
    expect("nothing to do" in undo("--yes").exits(0).out, "it is undone twice")


@test(PREPARED)
def undoing_does_not_lose_what_others_changed(desk):
    forwarded(desk)
    before = definition()
    prepare("--yes").exits(0)
    run("virsh", "-q", "desc", "debby", "--config", "--title", "edited")
    refused = undo("--yes").exits(4)
    expect("+  <title>edited</title>" in refused.out, "what would be lost is not shown:\n" + refused.out)
    expect("  <title>edited</title>" in definition(), "it was lost")
    desk.unit.stop()  # the daemon is not needed for that
    undo("--yes", "--force").exits(0)
    expect_equal(definition(), before, "the definition, undone")


@test(PREPARED)
def preparing_needs_permission(desk):
    forwarded(desk)
    before = definition()
    prepare("--yes", user="nobody").exits(4)
    expect_equal(definition(), before, "the definition")


@test(ONE_DEVICE)
def preparing_says_what_is_missing(desk):
    expect("nothing to do" in prepare().exits(0).out, "something is to do without forwarded devices")
    unknown = hotseat.hotseat("guest", "prepare", "deby").exits(2).err
    expect('did you mean "debby"?' in unknown, "it says: " + unknown)
    undefined = hotseat.hotseat("guest", "prepare", "nobody", "--undo").exits(2).err
    expect("libvirt knows: debby, win11, zorg" in undefined, "it says: " + undefined)
