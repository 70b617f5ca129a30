"""A host of StatusNotifierItems on the session's bus, as a desktop's panel has one: it takes icons, reads their menus and clicks.

Commands on standard input, one answer of JSON for each: "items" (the tool tips of all icons), "menu" (the labels of the first
icon's menu), "click LABEL" (the entry of that menu), "leave" (it registers no host any more).
"""
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
items = []
has_host = True


class Watcher(dbus.service.Object):
    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender=None):
        at = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        items.append(at)
        self.StatusNotifierItemRegistered(at[0] + at[1])

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemRegistered(self, service):
        pass

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {
            "IsStatusNotifierHostRegistered": dbus.Boolean(has_host),
            "RegisteredStatusNotifierItems": dbus.Array([a + b for a, b in items], signature="s"),
            "ProtocolVersion": dbus.Int32(0),
        }


def proxy(at, interface):
    return dbus.Interface(bus.get_object(at[0], at[1]), interface)


def alive():
    names = set(bus.list_names())
    return [at for at in items if at[0] in names]


def tool_tip(at):
    tip = proxy(at, PROPERTIES).Get(ITEM, "ToolTip")
    return str(tip[2])


def entries():
    at = alive()[-1]
    path = proxy(at, PROPERTIES).Get(ITEM, "Menu")
    menu = proxy((at[0], path), MENU)
    _, (_, _, children) = menu.GetLayout(0, -1, dbus.Array([], signature="s"))
    return menu, [(int(i), properties) for i, properties, _ in children]


def label(properties):
    return str(properties.get("label", "-"))


def answer(command):
    global has_host
    if command == "items":
        return [tool_tip(at) for at in alive()]
    if command == "menu":
        return [label(properties) for _, properties in entries()[1]]
    if command == "leave":
        has_host = False
        return True
    wanted = command[len("click ") :]
    menu, children = entries()
    found = next(i for i, properties in children if label(properties) == wanted)
    menu.Event(found, "clicked", dbus.Int32(0, variant_level=1), dbus.UInt32(0))
    return True


def read(channel, _condition):
    line = channel.readline()
    if line == "":
        sys.exit(0)
    try:
        said = {"ok": answer(line.strip())}
    except Exception as error:  # The test sees it.
        said = {"error": repr(error)}
    print(json.dumps(said), flush=True)
    return True


name = dbus.service.BusName(WATCHER, bus)
watcher = Watcher(bus, "/StatusNotifierWatcher")
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
print(json.dumps({"ok": "ready"}), flush=True)
GLib.MainLoop().run()
