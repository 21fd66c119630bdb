"""Timelines of what agencies knew and when, played into a training database as each agency on each date.

`spec` is the form of a file, `agencies` who they are, `cast` who of the authority acts, `family` who is in it,
`placing` and `ours` what each event becomes, `playing` the whole in one transaction, `taking_out` its removal, and
`training` into which databases. The files in `shipped` are made up.
"""
