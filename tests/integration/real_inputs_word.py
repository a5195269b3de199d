"""What a reader expects of the Word files in ``../shared/real-inputs/word-reviews``, with changes and comments."""

from tests.integration.real_inputs import at, read, refused

WORD = {
    # A heading that is deleted, four paragraphs, three of which are one figure each; two deletions hold words.
    "58067.docx": read(
        "docx",
        4,
        at("This is a whole paragraph where one word is deleted.", under="This is a test."),
        notes={"tracked_changes": 2},
        unsaid=["This is another Test", "only one word"],
    ),
    # All that it says is deleted or moved away.
    "Tika-792.docx": refused("docx", "nothing_to_read"),
    # Four bold lines, of which the first heads the file and the last what follows: 2 to 4 remarks; three in a text box,
    # a table, twelve lines of verse. Behind the drawings are four documents, a bitmap and their pictures.
    "WordWithAttachments.docx": read(
        "docx",
        (18, 20),
        "English",
        "Луғат",
        "русском",
        "Всех, кто стар и кто молод, что ныне живут,",
        "We will leave and the others will come then thay leaves like we all",
        notes={"comments_left_out": 3, "pictures_left_out": 5, "embedded_left_out": 5, "headers_left_out": None},
        unsaid=["Первое четверостишье", "image1", "Страница"],
    ),
    # One empty paragraph, and a comment of two lines.
    "comment.docx": refused("docx", "only_comments"),
    "comments-rich-para.docx": read(
        "docx",
        7,
        "Document text",
        "Other text worthy of note.",
        "Paragraph 7",
        notes={"comments_left_out": 4, "pictures_left_out": 1},
        unsaid=["inline image", "google"],
    ),
    "comments-two.docx": read(
        "docx", 2, "One paragraph", "blsgh", notes={"comments_left_out": 2}, unsaid=["One comment"]
    ),
    "comments.docx": read("docx", 1, "Ouch.", notes={"comments_left_out": 2}, unsaid=["tachyon"]),
    # A list with the line above it (its inner level is a list of its own in Word: 1 or 2), four paragraphs that were
    # put in, of which the last introduces a list that an older item ends. Two items are deleted.
    "delins.docx": read(
        "docx",
        (5, 7),
        "A Nepalese name for Tilaka",
        "the subcommentaries of the Theravada tradition.",
        "Apache Tika 0.3 has been released. Please see the download page for more details.",
        "A software module for extracting text from binary files.",
        notes={"tracked_changes": None},
        unsaid=["A pendant worn in place", "DragonLance"],
        sender="properties",
    ),
    "docx_comments.docx": read(
        "docx",
        4,
        "This is the first paragraph that has a comment attached to it.",
        "This third paragraph has no comments attached to it.",
        "This paragraph has an anonymous comment.",
        notes={"comments_left_out": 3},
        unsaid=["sample reviewer comment"],
        title="Document with Comments",
    ),
    # 28 paragraphs, lists and tables; one of three pictures has words of its own, which may stand as a remark.
    "sample-docx.docx": read(
        "docx",
        (28, 29),
        at("This is a document exhibiting basic docx features.", under=""),
        at("Vertical merge", under="Tables"),
        at("First line indent, Left indent, Hanging indent aaa bbb", under="Paragraph properties"),
        at("Level 3", under="Bullets & numbering"),
        at("Here is some change tracking. An insertion Followed by.", under="Images"),
        at("This line contains a soft return\nand here it continues", under="Images"),
        notes={"tracked_changes": 2, "pictures_left_out": 3, "headers_left_out": None},
        unsaid=["A deletion", "My header", "pangolin", "My Documents"],
        sender="properties",
        title="Docx sample document",
    ),
    # A by-law with all changes tracked. Twelve bold headings that begin with a number and one that does not; about 120
    # paragraphs, of which those after a line that ends with a colon are one remark with it: at least 35, at most 125.
    "stress023.docx": read(
        "docx",
        (35, 125),
        at("As of Dec 2019. Check with city for latest updates.", under=""),
        at("Increase the supply of smaller units and rental housing units", under="18.33.010 Purpose."),
        at(
            "3.\xa0\xa0\xa0\xa0Building Permit.\xa0 Accessory dwelling units require",
            under="18.33.020 Review and approval.",
        ),
        at("within sixty days of receipt of a complete application.", under="18.33.020 Review and approval."),
        at("No impact fees, as defined in Government Code", under="18.33.080 Impact Fees."),
        at("Coastal Act Consistency.", under="18.06.050 Exceptions to development standards."),
        notes={"tracked_changes": None, "pictures_left_out": 1, "headers_left_out": None},
        unsaid=["one hundred and twenty-", "occupied by the owner of record as his", "EXHIBIT A", "image1"],
    ),
    "testComment.docx": read(
        "docx",
        1,
        "this is a comment paragraph!",
        notes={"comments_left_out": 1, "pictures_left_out": 1},
        unsaid=["comment content"],
    ),
    # A specimen of all that Word can hold. Title page, contents and indexes are made by Word; the title page stands in
    # text boxes. Around 35 paragraphs and tables, the four of a repeated control among them.
    "testWORD_2006ml.docx": read(
        "docx",
        (33, 40),
        "My Document Title",
        "The quick brown fox jumped over the lazy brown dog.",
        "This should have a footnote (And this is the footnote)",
        "This is a text box",
        "Embedded table r1c1",
        "This is text within a shape",
        "Simple text content control",
        at("R3c2", under="Heading1"),
        "Wordartr1c1",
        at("Tika in Action. The Internet: Manning.", under="Bibliography"),
        at("This should point to an endnote", under="Bibliography"),
        notes={
            "tracked_changes": None,
            "comments_left_out": 1,
            "pictures_left_out": 4,
            "charts_left_out": 1,
            "embedded_left_out": 4,
            "headers_left_out": None,
            "contents_left_out": None,
        },
        unread=13,  # in contents and indexes
        unsaid=["frog", "Deleted paragraph", "Del r1c1", "R2c1", "Contents", "Odd page header", "image3"],
    ),
    # The path of a picture on somebody's computer stands where the words for it should.
    "testWORD_embedded_pics.docx": read(
        "docx",
        6,
        "This is a paragraph with an image",
        "This is an endnote",
        "This is a rich text sdt",
        "Deeply embedded",
        notes={"tracked_changes": None, "comments_left_out": 1, "pictures_left_out": 2},
        unsaid=["AppData", "image2", "deleted pic", "()"],
    ),
    # One long paragraph with a word hidden in it, and one that is hidden; three insertions, two deletions, one move.
    "testWORD_features.docx": read(
        "docx",
        1,
        "Maecenas eget elit insert this fringilla, est eu, volutpat urna.",
        "himenaeos.",
        notes={"tracked_changes": None, "comments_left_out": 2, "hidden_text_left_out": 2},
        unread=5,
        unsaid=["This is hidden text", "inceptos", "bibendum", "Donec"],
    ),
    # Ten lists, some of which Word holds as two; six lines above or between them; a table; a text box with a line and a
    # list; a footnote with a list, in a paragraph without other words.
    "testWORD_numbered_list.docx": read(
        "docx",
        (19, 23),
        "A multi",
        "Within cell 1",
        "This is a new list that starts at 6, with a custom change of b. -> e.",
        "I’m a little text box",
        "Stout",
        "Footnote list 2a",
        "Greek numbering with crazy format - beta",
        notes={"comments_left_out": 1},
        unsaid=["add a list here"],
    ),
    "test_with_comment.docx": read(
        "docx",
        5,
        at("AutoGen is an open-source framework", under="Abstract"),
        at("how can we facilitate the development of LLM applications", under="d666f1f7-46cb-42bd-9a39-9a39cf2a509f"),
        at("49e168b7-d2ae-407f-a055-2167576f39a1", under="d666f1f7-46cb-42bd-9a39-9a39cf2a509f"),
        notes={"comments_left_out": 2},
        unsaid=["55yiyi-asd09"],
        title="AutoGen: Enabling Next-Gen LLM Applications via Multi-Agent Conversation",
    ),
    "unmarshallFromTemplateDirtyExample.docx": read(
        "docx",
        5,
        "This document intentionally contains revisions etc, so it needs to be cleaned up using VariablePrepare",
        "My favourite colour is ${color}.",
        "That's all folks.",
        notes={"tracked_changes": None},
    ),
}
