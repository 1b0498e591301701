#include "FlowWorld.h"
#include "base/VietnameseText.h"

using namespace tram;
using namespace tram::feedback;
using namespace std::chrono_literals;
using base::ProblemKind;
using test::World;
using wire::Disclosure;

using Issues = std::vector<Issue>;

TEST_CASE("six steps lead from a field to the check, and back again") {
    World world;
    CHECK(world.step() == Step::Field);
    CHECK_FALSE(world->back());
    world.toCheck();
    for (const Step step : {Step::Who, Step::Pictures, Step::Place, Step::Text, Step::Field}) {
        CHECK(world->back());
        CHECK(world.step() == step);
    }
    CHECK_FALSE(world->back());
    CHECK(world->draft().text.reveal() == "Nắp cống trước số 12 bị vỡ.");
    CHECK(world->field()->label.vi == "Thoát nước");
}

TEST_CASE("nothing is chosen or ticked beforehand") {
    World world;
    CHECK_FALSE(world->draft().disclosure);
    CHECK_FALSE(world->draft().consent);
    CHECK(world->draft().fieldId.empty());
    CHECK(world->draft().wardCode.empty());
    CHECK(world->field() == nullptr);
}

TEST_CASE("what was said before is taken up where something is missing, and consent is asked for again") {
    World before;
    before.toPictures();
    before->addPicture("street");
    before.kiosk.scheduler.settle();
    REQUIRE(before->next());
    before->setDisclosure(Disclosure::Named);
    before->setName("Nguyễn Văn An");
    before->setPhone("090 123 45 67");
    before->setConsent(true, "vi:2026-11-a");
    World world;
    world->restore(before->draft());
    world.kiosk.scheduler.settle();
    CHECK(world.step() == Step::Who);
    CHECK(world->issues().empty());
    CHECK(world->draft().text.reveal() == before->draft().text.reveal());
    CHECK(world->draft().address.reveal() == "12 Nguyễn Thiện Thuật");
    CHECK(world->draft().name.reveal() == "Nguyễn Văn An");
    CHECK(world.pictures() == before.pictures());
    CHECK_FALSE(world->draft().consent);
    world->setConsent(true, "vi:2026-11-a");
    CHECK(world->next());

    Draft halfway;
    halfway.text = base::SecretText("Nắp cống trước số 12 bị vỡ.");
    halfway.fieldId = "no-such-field";
    World other;
    other->restore(halfway);
    CHECK(other.step() == Step::Field);
    CHECK(other->draft().text.reveal() == halfway.text.reveal());
    other->chooseField("thoat-nuoc");
    other->restore(before->draft());  // not from here
    CHECK(other->draft().wardCode.empty());
}

TEST_CASE("each step says what it lacks, only once it was asked to go on") {
    World world;
    CHECK(world->issues().empty());
    CHECK(world.refused() == Issues{Issue::FieldMissing});
    world->chooseField("no-such-field");
    CHECK(world.step() == Step::Field);
    world->chooseField("thoat-nuoc");
    CHECK(world.step() == Step::Text);
    CHECK(world->issues().empty());

    world->setText("Vỡ");
    CHECK(world->issues().empty());
    CHECK(world.refused() == Issues{Issue::TextTooShort});
    world->setText("Nắp cống bị v");
    CHECK(world->issues().empty());  // kept up to date while typing
    world->setText("Vỡ");
    CHECK(world->issues() == Issues{Issue::TextTooShort});
    world->setText("Nắp cống bị vỡ");
    REQUIRE(world->next());

    CHECK(world->issues().empty());
    CHECK(world.refused() == Issues{Issue::WardMissing});
    world->setWard("27154");
    REQUIRE(world->next());
    REQUIRE(world->next());  // no picture is needed

    CHECK(world.refused() == Issues{Issue::WhoMissing, Issue::ConsentMissing});
    world->setDisclosure(Disclosure::NameHidden);
    CHECK(world->issues().empty());  // other questions now: nothing is missed yet
    CHECK(world.refused() == Issues{Issue::NameMissing, Issue::ContactMissing, Issue::ConsentMissing});
    world->setName("An");
    world->setPhone("12");
    CHECK(world->issues() == Issues{Issue::PhoneInvalid, Issue::ConsentMissing});
    world->setPhone("");
    world->setEmail("an@example");
    CHECK(world->issues() == Issues{Issue::EmailInvalid, Issue::ConsentMissing});
    world->setEmail("an@example.vn");
    world->setConsent(true, "vi:2026-11-a");
    CHECK(world->issues().empty());
    CHECK(world->next());
}

TEST_CASE("every event tells the screen") {
    World world;
    const auto tells = [&](auto&& event) {
        const int before = world.changes;
        event();
        return world.changes > before;
    };
    CHECK(tells([&] { world->chooseField("thoat-nuoc"); }));
    CHECK(tells([&] { world->chooseField("chieu-sang"); }));
    CHECK(tells([&] { world->setText("x"); }));
    CHECK(tells([&] { world->next(); }));
    CHECK(tells([&] { world->setLanguage("en"); }));
    CHECK(tells([&] { world->back(); }));
}

TEST_CASE("ready sentences become sentences of their own, once, in the language shown") {
    World world;
    world.toText();
    world->addSentence(0);
    CHECK(world->draft().text.reveal() == "Nắp cống bị vỡ.");
    world->addSentence(1);
    CHECK(world->draft().text.reveal() == "Nắp cống bị vỡ. Nước không thoát!");
    world->addSentence(0);
    world->addSentence(7);
    CHECK(world->draft().text.reveal() == "Nắp cống bị vỡ. Nước không thoát!");
    world->setText("Trước nhà số 12");
    world->setLanguage("en");
    world->addSentence(0);
    CHECK(world->draft().text.reveal() == "Trước nhà số 12. A manhole cover is broken.");
    const std::string full(2000, 'x');
    world->setText(full);
    world->addSentence(0);
    CHECK(world->draft().text.reveal() == full);  // none is cut in the middle
}

TEST_CASE("bad input: long, decomposed, invisible and turned text") {
    World world;
    world.toText();
    SECTION("10,000 characters: what fits is kept, and it is said") {
        world->setText(std::string(10'000, 'a'));
        CHECK(base::characters(world->draft().text.reveal()) == 2000);
        CHECK(world.refused() == Issues{Issue::TextTooLong});
        world->setText(std::string(2000, 'a'));
        CHECK(world->issues().empty());
        CHECK(world->next());
    }
    SECTION("2,000 emoji of many code points are 2,000 characters") {
        std::string families;
        for (int i = 0; i < 2001; ++i) families += "👨‍👩‍👧‍👦";
        world->setText(families);
        CHECK(base::characters(world->draft().text.reveal()) == 2000);
        CHECK(world->draft().text.reveal().size() <= 64 * 1024);
        CHECK(world.refused() == Issues{Issue::TextTooLong});
    }
    SECTION("NFD is kept as NFC") {
        world->setText(base::toUtf8(U"Na\u0306\u0301p co\u0302\u0301ng bi\u0323 vo\u031B\u0303"));
        CHECK(world->draft().text.reveal() == "Nắp cống bị vỡ");
    }
    SECTION("control characters and right-to-left marks are dropped, lines stay") {
        world->setText(base::toUtf8(U"N\u0007ắp\u202E cống\u2066 bị vỡ\r\nhôm nay\u200B"));
        CHECK(world->draft().text.reveal() == "Nắp cống bị vỡ\nhôm nay");
    }
    SECTION("bytes that are no text") {
        world->setText("\xFF\xFE\x80 nắp cống bị vỡ");
        CHECK(base::toNfc(world->draft().text.reveal()) == world->draft().text.reveal());
    }
    SECTION("one line stays one line, each within its limit") {
        world->setAddress("12\nNguyễn Thiện Thuật" + std::string(300, 'x'));
        CHECK(world->draft().address.reveal().starts_with("12 Nguyễn"));
        CHECK(base::characters(world->draft().address.reveal()) == 200);
        world->setName(std::string(500, 'n'));
        CHECK(world->draft().name.reveal().size() == 100);
        world->setEmail(std::string(500, 'e'));
        CHECK(world->draft().email.reveal().size() == 254);
    }
}

TEST_CASE("a report with the most that may be typed still fits its envelope") {
    World world;
    world.toText();
    std::string families;
    for (int i = 0; i < 2000; ++i) families += "👨‍👩‍👧‍👦";
    world->setText(families);
    world->setText(world->draft().text.reveal());
    REQUIRE(world->next());
    world->setWard("27154");
    world->setAddress(families);
    world->setLandmark(families);
    REQUIRE(world->next());
    REQUIRE(world->next());
    world->setDisclosure(Disclosure::Named);
    world->setName(families);
    world->setEmail("an@example.vn");
    world->setConsent(true, "vi:2026-11-a");
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    REQUIRE(world.is<situation::Kept>());
    CHECK(world.kiosk.report(world.kiosk.items().at(0)).email.reveal() == "an@example.vn");
}

TEST_CASE("editing a step from the check leads back to the check") {
    World world;
    world.toCheck();
    world->edit(Step::Place);
    CHECK(world.step() == Step::Place);
    world->setWard("");
    CHECK(world.refused() == Issues{Issue::WardMissing});
    world->setWard("27151");
    CHECK(world->next());
    CHECK(world.step() == Step::Check);
    world->edit(Step::Field);
    world->chooseField("chieu-sang");
    CHECK(world.step() == Step::Check);
    world->edit(Step::Field);
    CHECK(world->back());
    CHECK(world.step() == Step::Check);
    CHECK(world->back());  // and from there in order again
    CHECK(world.step() == Step::Who);
    world->edit(Step::Field);
    CHECK(world.step() == Step::Who);  // only from the check
}

TEST_CASE("what was spoilt while editing is found at Gửi") {
    World world;
    world.toCheck();
    world->edit(Step::Text);
    world->setText("");
    REQUIRE(world->back());
    world->send();
    CHECK(world.step() == Step::Check);
    CHECK(world->issues() == Issues{Issue::TextTooShort});
    CHECK(world.kiosk.items().empty());
}
