"""Policies (XML SPIF), labels and clearances (STANAG 4774), bindings (STANAG 4778): roll-up, decision, rendering.

Pure: no Qt, no database, no clock and no file but the built-in policies. What was decided here, to last:

- A policy is data. What SPIF has no field for (screen colours, stamps, positions, handling, who may hold a category)
  stands in a layout block inside the same file (`spif_layout`): one file, one digest, one signature. Of what a policy
  does not say, the closed side is taken.
- A label names its policy as the standard has it, and keeps the version and digest of the policy file it was made under
  as foreign attributes of its root, the one place where the schema admits them (`label`). It is written in exclusive
  canonical XML, so that one label is one sequence of bytes, alone or inside a binding.
- Reading a label does not need its policy: `label_from_xml` checks its form, `resolution` puts a foreign one into the
  terms of a policy at hand, `validity.check` says what the policy thinks of it.
- Several versions of one policy live side by side: a label is read, shown and decided under the one it was made with,
  and what takes over from it by itself has done so at its moment, without anything being rewritten. Both happen inside
  the functions that decide, roll up and render, so that no caller can forget them (`versions`, `succession`).
- Fail closed where the standard would drop: a roll-up that leaves nothing in common notes the tag set in the label
  itself (`undecided`), so that even a caller who ignores the roll-up's findings opens it to nobody.
- Tag sets go by identifier, never by name; names compare without case and in composed form (Unicode NFC).
- Equivalences between policies are those the policies state, in either of the two files, and are applied when somebody
  asks, into an alternative label (`mapping`); what has none fails by name.
- Whoever may read is decided portion by portion with `decision.decide`, never on a roll-up alone.

Who uses whom, lowest first: `layout`, `elements`, `policy` (values) < `markup`, `day_format`, `spif…` (reading) <
`slab`, `inputs`, `label`, `succession`, `validity`, `versions`, `course`, `phrasing`, `rendering`, `vocabulary`,
`marks`, `clearance`, `decision`, `rollup`, `picker`, `library`, `resolution` < `mapping`, `declassification`,
`specimen`.
"""
