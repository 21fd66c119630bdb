"""Whom the matrix's world is of, and the words that stand in one protected place of it each."""

from tests.web.matrix.personas import Canary

NAMES = {
    "own": "Qzown Qzfamily",
    "kin": "Qzkin Qzfamily",
    "other": "Qzother Qzstranger",
    "restricted": "Qzhidden Qzsecret",
    "known": "Qzknown Qzfollowed",
}
MOTHER = "Qzmother Qzfamily"
FATHER, UNBORN = "Qzfather Qzfamily", "unborn Qzfamily"
LODGER = "Qzlodger"
NEIGHBOUR, NEIGHBOUR_PHONE = "Qzneighbour Qzteller", "01632 960987"
WITHHELD, WITHHELD_POSTCODE = "9 Qzrefuge Row", "QX9 9ZZ"
HAVEN, HAVEN_POSTCODE = "4 Qzhaven Court", "QX8 8ZZ"
PLACE, PLACE_BEFORE = "Qzplace Hall, room 4", "Qzearlier House, room 2"
"""Where the conference that is to come is held, and where the one was that is over."""
TOGETHER = "together"
"""Whose something is that is of the first child and of the hidden one at once."""
KNOWN = ("known",)
FAMILY, OTHERS, HIDDEN = ("own", "mother"), ("other", "kin"), ("restricted",)
APART = frozenset({"duty_worker", "service_manager", "business_support"})

CANARIES = (
    Canary("Qzown", ("own",), "name"),
    Canary("Qzkin", ("kin",), "name"),
    Canary("Qzother", ("other",), "name"),
    Canary("Qzstranger", ("other",), "name"),
    Canary("Qzhidden", HIDDEN, "name"),
    Canary("Qzsecret", HIDDEN, "name"),
    Canary("Qzmother", ("mother",), "name"),
    Canary("Qzfather", ("father",), "name"),
    Canary("qzownsaw", FAMILY, "ordinary"),
    Canary("qzownalone", ("own",), "ordinary"),
    Canary("qzownteacher", ("own",), "ordinary"),
    Canary("qzowndecided", FAMILY, "ordinary"),
    Canary("qzownnote", ("own",), "ordinary"),
    Canary("qzplan", ("own",), "ordinary"),
    Canary("qzservice", ("own",), "ordinary"),
    Canary("qzownassessed", ("own",), "ordinary"),
    Canary("qzownconcluded", ("own",), "ordinary"),
    Canary("qzowngiven", ("own",), "ordinary"),
    Canary("qzownwish", ("own",), "child_words"),
    Canary("qzownwords", ("own",), "child_words"),
    Canary("qzpolicesaid", FAMILY, "police"),
    Canary("qzlegal", ("own",), "legal_advice"),
    Canary("qzownfile", ("own",), "ordinary"),
    Canary("qzneed", ("mother",), "identity"),
    Canary("qzwarning", ("own",), "identity"),
    Canary("qzstep", ("own",), "ordinary"),
    Canary("qzneighboursaw", FAMILY, "ordinary"),
    Canary(LODGER, ("lodger",), "name"),
    Canary("qzlodgerlooks", ("lodger",), "identity"),
    Canary("qzlatesaw", ("own",), "ordinary"),
    Canary("Qzneighbour", FAMILY, "referrer_public"),
    Canary("Qzteller", FAMILY, "referrer_public"),
    Canary(NEIGHBOUR_PHONE, FAMILY, "referrer_public"),
    Canary("qzsafe", FAMILY, "referrer_public"),
    Canary("Qzrefuge", ("own",), "safe_address"),
    Canary("QX9", ("own",), "safe_address"),
    Canary("qzwithdrawn", ("own",), "ordinary", frozenset({"team_manager"})),
    Canary("qzallegation", ("own",), "ordinary", APART),
    Canary("qzothersaw", ("other", "kin"), "ordinary"),
    Canary("qzkinalone", ("kin",), "ordinary"),
    Canary("qzothernote", ("other",), "ordinary"),
    Canary("qzotherplan", ("other",), "ordinary"),
    Canary("qzownplan", ("own",), "ordinary"),
    Canary("qzotherteacher", ("other",), "ordinary"),
    Canary("qzotherfile", ("other",), "ordinary"),
    Canary("qzhiddensaw", HIDDEN, "ordinary"),
    Canary("qzhiddennote", HIDDEN, "ordinary"),
    Canary("qzhiddenfile", HIDDEN, "ordinary"),
    Canary("qzhiddenteacher", HIDDEN, "ordinary"),
    Canary("qzownfeared", ("own",), "ordinary"),
    Canary("qzownsafe with", ("own",), "ordinary"),
    Canary("qzownsuspects", ("own",), "ordinary"),
    Canary("qzownfound", ("own",), "ordinary"),
    Canary("qzownenquires", ("own",), "ordinary"),
    Canary("qzownfears", ("own",), "ordinary"),
    Canary("qzowndoctor", ("own",), "ordinary"),
    Canary("qzownordered", ("own",), "ordinary"),
    Canary("qzownprecourt", ("own",), "ordinary"),
    Canary("qzownadvised", ("own",), "legal_advice"),
    Canary("qzownbroughtin", ("own",), "ordinary"),
    Canary("qzotherprecourt", ("other",), "ordinary"),
    Canary("qzhiddenbroughtin", HIDDEN, "ordinary"),
    Canary("qzownsayother", ("own",), "ordinary"),
    Canary("qzowndisputes", ("own",), "ordinary"),
    Canary("qzownsettled", ("own",), "ordinary"),
    Canary("qzboth", ("own",), "ordinary"),
    Canary("qzoutlined", ("own",), "ordinary"),
    Canary("qzreasons", ("own",), "ordinary"),
    Canary("qzschoolview", ("own",), "ordinary"),
    Canary("qzmotherview", ("own",), "ordinary"),
    Canary("qzkeptapart", ("own",), "ordinary"),
    Canary("Qzplace", ("own",), "ordinary"),
    Canary("Qzearlier", ("own",), "ordinary"),
    Canary("qzownpoliceshared", ("own",), "police"),
    Canary("qzpolicetold", ("own",), "police"),
    Canary("qzownhealthshared", ("own",), "health"),
    Canary("qzownbruised", ("own",), "health"),
    Canary("qzownaccount", ("own",), "health"),
    Canary("qzowntoldus", ("own",), "child_words"),
    Canary("qzownkeptwhere", ("own",), "address"),
    Canary("qzotherfears", ("other",), "ordinary"),
    Canary("qzothersayother", ("other",), "ordinary"),
    Canary("qzotherdisputes", ("other",), "ordinary"),
    Canary("qzothersettled", ("other",), "ordinary"),
    Canary("qzhiddenfears", HIDDEN, "ordinary"),
    Canary("qzhiddensayother", HIDDEN, "ordinary"),
    Canary("qzhiddendisputes", HIDDEN, "ordinary"),
    Canary("qzhiddensettled", HIDDEN, "ordinary"),
    # Who may be known of: the name is found, and everything else is for those who are listed.
    Canary("Qzknown", KNOWN, "name"),
    Canary("qzknownsaw", KNOWN, "ordinary"),
    Canary("qzknownnote", KNOWN, "ordinary"),
    Canary("Qzhaven", KNOWN, "safe_address"),
    Canary("QX8", KNOWN, "safe_address"),
    # Why a record is closed or was opened: its readers, and the post that looks at it again.
    Canary("qzwhyknown", KNOWN, "ordinary", also=frozenset({"team_manager", "service_manager"})),
    Canary("qzwhyhidden", HIDDEN, "ordinary"),
    Canary("qzwhycousin", (), "ordinary", also=frozenset({"service_manager"})),
    Canary("qzemergency", KNOWN, "ordinary", also=frozenset({"team_manager", "service_manager"})),
    Canary("qzurgent", ("own",), "ordinary", also=frozenset({"other_team"})),
    # What an agency noted for itself is read by its own people, whoever else may read what.
    Canary("qzagencynoted", (), "ordinary", also=frozenset({"partner"})),
    Canary("qzagencyabout", (), "ordinary", also=frozenset({"partner"})),
    # Where a worker lives is compared, and shown to nobody.
    Canary("qzhome", (), "ordinary"),
    Canary("QX7", (), "ordinary"),
    # Words that a child wished one worker to read: that post, and the posts above it.
    Canary("qzkeptto", ("own",), "child_words", frozenset({"social_worker", "team_manager", "service_manager"})),
)
