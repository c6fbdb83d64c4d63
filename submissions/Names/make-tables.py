#!/usr/bin/env python3
"""Writes tables.txt, the facts about signs that names are held to, as ICU knows them: python3 make-tables.py > tables.txt

Needs the libraries of Debian's package libicu (version 72: Unicode 15). Nothing is built with it; the table is kept.
"""
import ctypes
import glob
import re
import sys
import unicodedata

VERSION = re.search(r"libicuuc\.so\.(\d+)$", next(p for p in sorted(glob.glob("/usr/lib/*/libicuuc.so.*")) if re.search(r"\.so\.\d+$", p)))[1]
COMMON = ctypes.CDLL(f"libicuuc.so.{VERSION}")
SPOOF = ctypes.CDLL(f"libicui18n.so.{VERSION}")

# The scripts that UAX 31 recommends for identifiers; letters of any other are refused.
SCRIPTS = """Arabic Armenian Bengali Bopomofo Common Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han Hangul
Hebrew Hiragana Inherited Kannada Katakana Khmer Lao Latin Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan""".split()


def function(library, name, result, *arguments):
    found = getattr(library, f"{name}_{VERSION}")
    found.restype, found.argtypes = result, list(arguments)
    return found


ERROR = ctypes.POINTER(ctypes.c_int)
script_of = function(COMMON, "uscript_getScript", ctypes.c_int, ctypes.c_int32, ERROR)
script_name = function(COMMON, "uscript_getName", ctypes.c_char_p, ctypes.c_int)
mark_class = function(COMMON, "u_getCombiningClass", ctypes.c_uint8, ctypes.c_int32)
category = function(COMMON, "u_charType", ctypes.c_int8, ctypes.c_int32)
has_property = function(COMMON, "u_hasBinaryProperty", ctypes.c_int8, ctypes.c_int32, ctypes.c_int)
nfc = function(COMMON, "unorm2_getNFCInstance", ctypes.c_void_p, ERROR)
raw = function(COMMON, "unorm2_getRawDecomposition", ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ERROR)
pair = function(COMMON, "unorm2_composePair", ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32)
open_spoof = function(SPOOF, "uspoof_open", ctypes.c_void_p, ERROR)
skeleton = function(SPOOF, "uspoof_getSkeletonUTF8", ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int32,
                    ctypes.c_char_p, ctypes.c_int32, ERROR)
IGNORABLE = 5  # UCHAR_DEFAULT_IGNORABLE_CODE_POINT


def call(target, *arguments):
    error = ctypes.c_int(0)
    result = target(*arguments, ctypes.byref(error))
    assert error.value <= 0, error.value
    return result


def skeleton_of(text):
    buffer = ctypes.create_string_buffer(400)
    encoded = text.encode()
    length = call(skeleton, CHECKER, 0, encoded, len(encoded), buffer, 400)
    return buffer.raw[:length].decode()


def runs(kind, values):
    """Neighbours of one value as one line."""
    lines, last = [], None
    for point, value in values:
        if last and last[1] == point - 1 and last[2] == value:
            last[1] = point
        else:
            last = [point, point, value]
            lines.append(last)
    for first, end, value in lines:
        print(f"{kind} {first:04X}-{end:04X} {value}")


CHECKER, NFC = call(open_spoof), call(nfc)
NAMES = {point: script_name(call(script_of, point)).decode() for point in range(0x110000) if category(point) not in (0, 15, 16, 17, 18)}
NAMES = {point: name for point, name in NAMES.items() if name in SCRIPTS and not has_property(point, IGNORABLE)}
print(f"# Made by make-tables.py from ICU {VERSION}. s: scripts; m: combining classes; d, x: canonical decompositions, x never composed;")
print("# l: what signs look like (UTS 39), all of them after compatibility mappings.")
runs("s", NAMES.items())
runs("m", ((point, mark_class(point)) for point in NAMES if mark_class(point)))
for point in NAMES:
    buffer = (ctypes.c_uint16 * 8)()
    length = call(raw, NFC, point, buffer, 8)
    if length > 0 and not 0xAC00 <= point <= 0xD7A3:
        parts = bytes(buffer)[:2 * length].decode("utf-16-le")
        is_composed = len(parts) == 2 and pair(NFC, ord(parts[0]), ord(parts[1])) == point
        print("d" if is_composed else "x", f"{point:04X}", *(f"{ord(part):04X}" for part in parts))
for point in NAMES:
    text = chr(point)
    looks = skeleton_of(unicodedata.normalize("NFKC", text))
    if looks != unicodedata.normalize("NFD", text) and not 0xAC00 <= point <= 0xD7A3 and looks.strip():
        print("l", f"{point:04X}", *(f"{ord(part):04X}" for part in looks))
