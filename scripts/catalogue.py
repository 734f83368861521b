"""The Chinese catalogue: sentences are gathered from code and templates, joined with their translations, compiled.

The msgids are the English sentences themselves, so English needs no catalogue. Run by scripts/translate.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans_CN"
PO = ROOT / "translations" / LOCALE / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
PLACE = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")
# Between Chinese characters stand Chinese signs: ，：；？ and not , : ; ?
NARROW = re.compile(r"[\u4e00-\u9fff][,:;?!](?=[\u4e00-\u9fff]|$)|[\u4e00-\u9fff]\([\u4e00-\u9fff]")
HEADER = "# Chinese sentences of the system. Made by scripts/translate; the English sentences stand in the code.\n#"


def extracted() -> Catalog:
    """Every sentence of the project, and those of the form library, which its fields show when a value has no sense."""
    catalogue = Catalog(locale=LOCALE)
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    ours = extract_from_dir(ROOT, methods, options, KEYWORDS, strip_comment_tags=True)
    spec = find_spec("wtforms")
    library = extract_from_dir(Path(spec.origin or "").parent, [("**.py", "python")]) if spec else ()
    for _file, _line, msgid, _comments, context in ours:
        if msgid:
            catalogue.add(msgid, context=context)
    for _file, _line, msgid, _comments, _context in library:
        # Our forms choose between one and many themselves and ask for each as a sentence of its own.
        for form in msgid if isinstance(msgid, tuple) else (msgid,):
            catalogue.add(form)
    return catalogue


def stored() -> Catalog:
    """The catalogue as it stands in the project; an empty one before the first time."""
    if not PO.exists():
        return Catalog(locale=LOCALE)
    with PO.open("rb") as file:
        return read_po(file, locale=LOCALE)


def joined(template: Catalog, *sources: Iterable[tuple[str, str]]) -> Catalog:
    """The sentences of the template, each with its translation from the store or, first, from the sources."""
    known = {message.id: message.string for message in stored() if message.id}
    known.update((msgid, words) for source in sources for msgid, words in source)
    catalogue = Catalog(locale=LOCALE, fuzzy=False, header_comment=HEADER)
    for message in template:
        if message.id:
            words = known.get(message.id) or known.get(message.id[0] if message.pluralizable else "", "")
            if message.pluralizable and isinstance(words, str):
                words = (words,)  # Chinese has one form for one and many
            catalogue.add(message.id, words, context=message.context)
    return catalogue


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file of translations."""
    for line in path.read_text(encoding="utf-8").splitlines():
        msgid, tab, words = line.rstrip("\r").partition("\t")
        if tab and words.strip():
            yield msgid.replace("\\n", "\n"), words.strip().replace("\\n", "\n")


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as text without dates, so that it differs only when a sentence does."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    dated = re.compile(rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Report-Msgid-Bugs-To|Generated-By|'
                       rb'Project-Id-Version|Language-Team):.*\n', re.M)  # fmt: skip
    return dated.sub(b"", buffer.getvalue())


def mo_bytes(po: bytes) -> bytes:
    """The compiled catalogue of this text."""
    text = po.decode()
    catalogue = read_po(io.StringIO(text), locale=LOCALE)
    # Under a fixed date: with the date of today the same sentences would compile to another file tomorrow.
    bare = Catalog(locale=LOCALE, fuzzy=False, creation_date=EPOCH, revision_date=EPOCH)
    for message in catalogue:
        if message.id:
            bare.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, bare)
    return buffer.getvalue()


def places(text: object) -> set[str]:
    """The names in `%(name)s` and `{name}` of one sentence or of its plural forms."""
    forms = text if isinstance(text, tuple | list) else (text,)
    return {a or b for form in forms for a, b in PLACE.findall(str(form or ""))}


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translated sentence."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(form and str(form).strip() for form in forms):
        yield f"no Chinese\t{message.id}"
    elif places(message.string) != places(message.id):
        yield f"other places\t{message.id}\t{message.string}"
    if any(NARROW.search(str(form)) for form in forms):
        yield f"narrow sign\t{message.id}\t{message.string}"
    if message.fuzzy:
        yield f"fuzzy\t{message.id}"


def check() -> list[str]:
    """Everything that is missing, wrong or left over."""
    template, catalogue = extracted(), stored()
    wanted, present = ({m.id for m in c if m.id} for c in (template, catalogue))
    found = [f"not in the catalogue\t{msgid}" for msgid in sorted(wanted - present, key=str)]
    found += [f"no longer used\t{msgid}" for msgid in sorted(present - wanted, key=str)]
    found += [f"no longer used\t{msgid}" for msgid in catalogue.obsolete]
    found += [fault for message in catalogue if message.id for fault in faults(message)]
    if not MO.exists() or MO.read_bytes() != mo_bytes(PO.read_bytes()):
        found.append("messages.mo is not compiled from messages.po: run scripts/translate")
    return found


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        catalogue = joined(extracted(), *(pairs(Path(name)) for name in arguments))
        PO.parent.mkdir(parents=True, exist_ok=True)
        text = po_bytes(catalogue)
        PO.write_bytes(text)
        MO.write_bytes(mo_bytes(text))
    found = check()
    for line in found:
        sys.stderr.write(line.replace("\n", "\\n") + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
