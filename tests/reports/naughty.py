"""Strings of our own that programs stumble over, a few of each kind; every one is one that a person could paste."""

NAUGHTY = (
    # what a spreadsheet would compute, or take for an error, a number, a date
    *("=1+1", "+1", "-2+3", "@now", "=HYPERLINK(1)", "=cmd|x", "#N/A", "#REF!", "TRUE"),
    *("1e5", "0010", "1.10", "3-4", "1/2"),
    *("'quoted", '"double"', "a,b;c\td", "''", "=", "==", "%", "-"),
    # what XML, a header, Markdown or a template would read
    *("<b>bold</b>", "a & b", "&amp;", "]]>", "<!--", "<?xml?>", "&P of &N", "_x0041_"),
    *("_x005F_x0041_", "_x000D_", "x005F_"),
    *("**bold** $x$ :smile:", "[a](b)", "{{ a }}", "{% if %}", "${HOME}", "%s %(a)s %n", "\\n \\u0041"),
    *("C:\\new\\table", "a\\\\b"),
    # letters and signs from everywhere
    *("Zoë Ångström", "e\u0301 as two signs", "ß ẞ İ ı", "Καλημέρα", "добрый день", "שלום עולם"),
    *("مرحبا بالعالم", "你好，世界"),
    *("ภาษาไทย", "नमस्ते", "👩\u200d🍼 👶🏽", "𝓜𝓸𝓶", "\u202eright to left"),
    *("a\u200bb", "soft\u00adhyphen", "no\u00a0break", "\u2028line"),
    *("a\u0300\u0301\u0302\u0303 stacked", "ﬁ ﬂ ½ ²", "\ufeffmark first", "\ue000 private"),
    *("\U000e0041 tag", "\U0001f1fa\U0001f1f8"),
    # shapes
    *("line one\nline two\n\nline four", "tab\there", "two  spaces", "x" * 300),
    *("none", "None", "null", "nan", "clear it", "0"),
)  # fmt: skip
