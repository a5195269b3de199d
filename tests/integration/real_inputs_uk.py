"""What a reader expects of the national strategy in ``../shared/real-inputs/uk-digital-strategy``.

It is written for a program of its publisher's that knows marks like ``{div .section}`` and ``{: .fig}``. To anybody
else they are words, and may stand in remarks or be remarks of their own: where they do, the number has two ends.
"""

from tests.integration.real_inputs import Real, at, read

_ACTIONS = {
    "01": (
        (15, "board level responsibility for digital"),
        (79, "committed to stewarding a Digital First health"),
        (152, "Transforming Justice as Digital"),
    ),
    "02": (
        (15, "do not have any transactional services handling"),
        (80, "does not currently directly deliver services"),
        (153, "MoJ will establish Service Managers who oversee"),
    ),
    "03": (
        (15, "has a team who are leading on digital"),
        (80, "To help staff get the digital skills they need"),
        (155, "MoJ will bring digital skills in-house"),
    ),
    "05": (
        (15, "do not have any services handling over 100,000"),
        (80, "does not currently directly deliver services"),
        (154, "MoJ will deliver 4 exemplar digital services"),
    ),
    "06": (
        (16, "have identified their transactional services."),
        (87, "does not currently directly transactional"),
        (162, "MoJ will digitally redesign all our services"),
    ),
    "07": (
        (16, "will move to GOV.UK in December 2012."),
        (86, "will move its corporate publishing activities"),
        (163, "converge our corporate and specialist content"),
    ),
    "08": (
        (16, "raising awareness of their digital"),
        (85, "does not currently directly deliver"),
        (162, "MoJ will drive awareness and encourage"),
    ),
    "09": (
        (16, "When designing new services, or redesigning"),
        (83, "committed to ensuring the accessibility"),
        (157, "other ways for people to access digital services"),
    ),
    "10": (
        (16, "support leaner and more lightweight tendering"),
        (84, "seek opportunities to make use of small"),
        (158, "MoJ will access a wider range of suppliers"),
    ),
    "11": (
        (16, "support the use of common platforms"),
        (79, "the need to consider Open Source"),
        (151, "use common components and services."),
    ),
    "12": (
        (16, "support the removal of legislative barriers"),
        (82, "does not currently directly deliver"),
        (155, "remove legislative barriers to digitising services."),
    ),
    "13": (
        (16, "have supplied management information"),
        (80, "report against all relevant data sets"),
        (152, "MoJ will take steps to measure performance"),
    ),
    "14": (
        (16, "do not lead on any policy areas"),
        (81, "will use digital tools and techniques to engage"),
        (155, "MoJ will open-up policy making and engagement"),
    ),
}
"""Of the answers of 18 departments the first, one in the middle and the last, with the line
on which its paragraph begins."""


def _answered(first: tuple[int, str], middle: tuple[int, str], last: tuple[int, str]) -> Real:
    """Eighteen answers and the line above them; not more than thirty marks and second paragraphs beside them."""
    return read(
        "markdown",
        (19, 49),
        at(first[1], first[0], under="Attorney General's Office"),
        at(middle[1], middle[0], under="Department of Health"),
        at(last[1], last[0], under="Ministry of Justice"),
    )


UK = {
    "00-contents.md": read("markdown", (2, 5), at("Also available in", 9), at("Last edited on", 9)),
    "01-summary.md": read(
        "markdown",
        26,
        at("It fulfils the commitment we made in the Civil Service Reform Plan.", 16, under="01 Executive summary"),
        at("Department for Work and Pensions (DWP)", 62),
        at("with agency and arm's length bodies’ online publishing to follow by March 2014.", 79),
        at("which is being led by Department for Culture, Media and Sport (DCMS).", 138),
        title="01 Executive summary",
    ),
    "02-introduction.md": read(
        "markdown",
        9,
        at("This strategy contains 14 actions the government will take", 3, under="02 Introduction"),
        at("are more efficient and cost-effective to develop and run", 9),
        at("everything that can be delivered online.", 25),
        at("because of its focus on user centred design.", 55),
    ),
    # Thirteen remarks; the words for a picture may be a fourteenth.
    "03-what-the-strategy-is-about.md": read(
        "markdown",
        (13, 14),
        at("should be made to the Devolved Administrations for more details", 3),
        at("only 15 pence.", 45, under="The benefits of digital by default"),
        at("potential for savings to be passed on to users.", 79, under="The benefits of digital by default"),
        notes={"pictures_left_out": 1},
        title="03 What the strategy is about",
    ),
    "04-the-potential-for-more-people-to-use-government-digital-services.md": read(
        "markdown",
        (18, 20),
        at(
            "many of them have never had any online interaction with government.",
            5,
            under="People who are already online",
        ),
        at("Offline and unwilling to get online", 48),
        at("A third of the people who are offline", 71, under="Helping more people to use online services"),
        at(
            "reduced use of more expensive telephony channels.",
            102,
            under="People who use mobile devices to get online",
        ),
    ),
    "05-what-we-have-already-done.md": read(
        "markdown",
        6,
        at("closer to becoming users’ preferred (default) option", 3, under="05 What we have already done"),
        at("The Red Tape Challenge and e-petitions are 2 examples of this approach.", 14),
        at("The clients of over 80 software providers use this service.", 36),
    ),
    "06-developing-digital-transactions.md": read(
        "markdown",
        13,
        at("Transactional services are the primary focus of this strategy.", 3),
        at("around 150 million calls a year", 35, under="What is preventing people from using digital transactions?"),
        at("identify improvement opportunities or measure the benefits of change.", 86),
    ),
    "07-assisted-digital.md": read(
        "markdown",
        3,
        at("not everyone who uses government services is online", 3, under="07 Assisted digital"),
        at("In some cases, people may be offered help to use the digital channel.", 7),
        at("consistent service across the multiple services they use.", 13),
    ),
    "08-persuading-those-who-are-online-to-use-government-digital-services.md": read(
        "markdown",
        (13, 14),
        at("a wider range of high quality digital services.", 3),
        at("to confirm who has passed their test", 28, under="What about things that can’t be done online?"),
        at(
            "policy and delivery are best tightly integrated",
            45,
            under="Redesigning services around the needs of users",
        ),
        at("No awareness of digital capability", 71, under="How the civil service needs to develop"),
        at("user-centred digital service provision.", 80),
    ),
    # 118 paragraphs, lists and tables, and ten lines that would fetch a case study.
    "09-actions-and-themes.md": read(
        "markdown",
        (118, 128),
        at("We have 14 actions, which we group under 11 principles.", 3, under="09 Principles and actions"),
        at("These Service Managers will:", 66),
        at("actively participate in networking with other Service Managers", 66),
        at("Future Leaders Scheme will aim to give middle managers", 189, under="Fast Stream and Future Leaders"),
        at("Improving local land charges processes", 338),
        at("supported by guidance to civil servants on effective online consultation techniques", 814),
    ),
    # Addresses with blanks in them make no links.
    "99-footer.md": read("markdown", (1, 3), "Last edited on", "Also available in [PDF format](Government Digital"),
    "annex1-glossary.md": read(
        "markdown",
        1,
        at("Transactional services include interactions with the government", 3, under="Annex 1 - Glossary"),
        at("improvement can be made based on real user feedback and testing.", 3),
    ),
    # Eight remarks; the words for two pictures may be two more.
    "annex2-service-transformation.md": read(
        "markdown",
        (8, 10),
        at("a co-delivery or consultancy model.", 5, under="Government Digital Service transformation team"),
        at("managing delivery and benefits realisation", 16, under="Deliverables"),
        at("what factors are critical to success?", 43, under="Assessment criteria"),
        at("An example of an existing departmental proposition management process is given below.", 58),
        notes={"pictures_left_out": 2},
    ),
    "annex3-initial-outline-of-proposed-digital-by-default-service-standard.md": read(
        "markdown",
        24,
        at("define what is considered high quality for a new or redesigned digital transactional service.", 3),
        at("content style guides", 16),
        at("(which Government Digital Service will determine) within 5 years", 70, under="Cost per transaction"),
        at("be resilient, to ensure continuity of service", 146, under="Legality, security and resilience"),
        at("Joint proposition assessment against standard", 207, under="How services will be assessed"),
    ),
    "annex4-guidance-on-how-to-identify-departmental-priorities.md": read(
        "markdown",
        2,
        at("Departments will be responsible for how they plan the redesign of their services.", 3),
        at("breaks in contract provision", 5),
        at("will actively look for such opportunities as plans are drawn up)", 5),
    ),
    "annex5-description-of-a-digital-leaders-role.md": read(
        "markdown",
        7,
        at("the slightly different role of the Devolved Administration members.", 3),
        at(
            "Digitally aware and willing to learn from internal and external leaders",
            20,
            under="Digital Leader profile",
        ),
        at("identifying and mitigating risks, etc", 24),
        at("the strategic governance mechanism for the new GOV.UK single domain", 56),
    ),
    # Only one department answers, in two paragraphs.
    "department-action04.md": read(
        "markdown",
        (3, 9),
        at("Here's how Cabinet Office is responding to this action:", 7),
        at("general digital skills training", 13, under="Cabinet Office"),
        at("This action supports the departmental capability building activity set out in Action 3.", 17),
    ),
    **{f"department-action{number}.md": _answered(*answers) for number, answers in _ACTIONS.items()},
}
