#!/usr/bin/env python3
"""Count the answers to a survey and hold a results file against the counts.

It reads the sheets of the form, the answers and results-exact.csv of a run as
plain CSV, and counts every choice of every select item from the outside:

    python3 check_counts.py --items survey.csv --choices choices.csv \
        --answers answers.csv --results restricted/0001/results-exact.csv \
        --missing dont_know,prefer_not_answer --separator .

It ends with status 1 when a frequency or a base differs, or one is lacking.
"""
import argparse
import csv
import sys


def rows(path):
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def plain(text):
    return " ".join((text or "").split())


def read_lists(path, missing):
    """List -> (word of a cell -> name of its choice, names that are answers)."""
    lists = {}
    for r in rows(path):
        if not r["list_name"]:
            continue
        words, answers, names = lists.setdefault(r["list_name"], ({}, [], []))
        names.append(r["name"])
        words.setdefault(plain(r.get("label::English (en)")), r["name"])
        if r["name"] not in missing and r["list_name"] + "." + r["name"] not in missing:
            answers.append(r["name"])
    for words, _, names in lists.values():
        words.update((name, name) for name in names)
    return lists


def answer(row, name, multiple, choices, separator):
    """The set of names chosen, or None when the item was not answered."""
    words, answers, names = choices
    if multiple and name not in row:
        marks = {n: row[name + separator + n] for n in names if name + separator + n in row}
        if not any(marks.values()):
            return None
        said = {n for n, mark in marks.items() if mark.lower() in ("1", "true")}
    else:
        cell = plain(row.get(name))
        said = set(cell.split()) if multiple else {cell} - {""}
        if not said or not said <= words.keys():
            return None
        said = {words[s] for s in said}
    if said and not said & set(answers):
        return None
    return said & set(answers)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("items", "choices", "answers", "results"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--missing", default="", help="choices that are no answers: names, or list.name, with commas")
    p.add_argument("--separator", default="/", help="between an item and its choice in the title of a column")
    a = p.parse_args()

    lists = read_lists(a.choices, set(a.missing.split(",")))
    people = rows(a.answers)
    said, real = {}, {}
    for item in rows(a.items):
        kind = (item["type"] or "").split()
        if len(kind) < 2 or kind[0] not in ("select_one", "select_multiple"):
            continue
        name = item["name"]
        if name in people[0] or any(c.startswith(name + a.separator) for c in people[0]):
            said[name] = [answer(r, name, kind[0] == "select_multiple", lists[kind[1]], a.separator) for r in people]
            real[name] = lists[kind[1]][1]

    wrong, good, seen = [], 0, set()
    for r in rows(a.results):
        if not r["analysis_type"].startswith("prop_"):
            continue
        given = said[r["analysis_var"]]
        if r["group_var"] != "NA":
            given = [s for s, g in zip(given, said[r["group_var"]]) if g and r["group_var_value"] in g]
        else:
            seen.add((r["analysis_var"], r["analysis_var_value"]))
        base = sum(s is not None for s in given)
        values = set(r["analysis_var_value"].split("|"))
        n = sum(s is not None and bool(s & values) for s in given)
        if (r["n"], r["n_total"]) == (str(n), str(base)):
            good += 1
        else:
            wrong.append(f'{r["analysis_key"]}: {r["n"]} of {r["n_total"]}; counted {n} of {base}')
    wrong += [f"no share of {c} of {i}" for i in real for c in real[i] if (i, c) not in seen]
    for line in wrong[:20]:
        print(line)
    print(f"{good} frequencies of {len(said)} items are as counted in {len(people)} responses, {len(wrong)} are not")
    return 1 if wrong or not good else 0


if __name__ == "__main__":
    sys.exit(main())
