"""The whole way from the decoded text of a file to its named units."""
from collections import Counter
from dataclasses import replace

from whitepaper.importer.decode import split_lines
from whitepaper.importer.furniture import find_furniture
from whitepaper.importer.layout import read_layout
from whitepaper.importer.paragraphs import find_rows, group_lines, join_lines
from whitepaper.importer.roles import classify
from whitepaper.importer.unit_ids import name_units
from whitepaper.importer.units import Reading, Span


def read_units(text: str) -> Reading:
    """The whole way from decoded text to named units. Reads nothing, writes nothing."""
    bom, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    furniture = [Span(-1, 1, bom, reason="bom")] if bom else []
    lines = split_lines(body)
    if not lines:
        return Reading([], furniture)
    layout = read_layout(lines)
    found = find_furniture(lines, layout)
    furniture += [Span(index, lines[index].number, lines[index].text, reason=reason) for index, reason in sorted(found.reasons.items())]
    warnings = list(found.warnings)
    rows = find_rows(lines, layout)
    units = []
    for group in group_lines(lines, found.reasons, rows | found.kept, layout):
        unit, dropped, said = join_lines(lines, group, layout)
        if group[0] in rows:
            unit = replace(unit, role="row")
        if units and group[0] < units[-1].spans[-1].index:
            warnings.append((lines[group[0]].number, f"moved behind the paragraph that it stood in: {unit.text[:30]}"))
        units.append(unit)
        furniture += dropped
        warnings += said
    warnings += [(lines[index].number, "table? kept line by line") for index in sorted(rows) if index - 1 not in rows]
    units = name_units(classify(units))
    headers = [text for text, _ in Counter(span.text for span in furniture if span.reason.startswith("running")).most_common()]
    return Reading(units, sorted(furniture, key=lambda span: (span.index, span.column)), warnings, {"publication": next(iter(headers), ""), "headers": headers, "width": layout.width})
