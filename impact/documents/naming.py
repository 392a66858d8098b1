"""The name that a file came under, for people's eyes only: it never leads anywhere."""

import re
import unicodedata

LONGEST = 120
NAMELESS = "document"

_ENDINGS = re.compile(
    r"\.(pdf|png|jpe?g|jpe|jfif|csv|tsv|txt|xls[xmb]?|doc[xm]?|od[tsp]|ppt[xm]?|exe|com|scr|bat|cmd|ps1|vbs|msi|dll|js|jar"
    r"|class|app|sh|py|svgz?|x?html?|hta|xml|php|gif|webp|bmp|tiff?|heic|zip|rar|7z|gz|lnk|url)$",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Windows opens a device under these names, whatever their extension."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def cleaned(name: str, extension: str) -> str:
    """At most LONGEST characters, ending in the extension of the content, whatever the name said it was."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    text = "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) not in _UNSEEN)
    stem = _FORBIDDEN.sub("_", " ".join(text.split())).rstrip(". ")
    while ending := _ENDINGS.search(stem):
        stem = stem[: ending.start()].rstrip(". ")
    stem = stem.lstrip(". ")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST - len(extension) - 1].rstrip('. ') or NAMELESS}.{extension}"
