#include "FlowWorld.h"

using namespace tram;
using namespace tram::feedback;
using namespace std::chrono_literals;
using base::ProblemKind;
using test::World;
using wire::Disclosure;

using Issues = std::vector<Issue>;

TEST_CASE("Gửi keeps the report, sealed, and gives a receipt") {
    World world;
    world.toCheck();
    world->send();
    CHECK(world.is<situation::Keeping>());
    CHECK(world->receipt() == nullptr);
    world.kiosk.scheduler.settle();
    REQUIRE(world.is<situation::Kept>());

    const auto items = world.kiosk.items();
    REQUIRE(items.size() == 1);
    const auto report = world.kiosk.report(items[0]);
    const Receipt& receipt = *world->receipt();
    CHECK(report.trackingCode == receipt.code.symbols());
    CHECK(receipt.code.prefix() == "K7M");
    CHECK(receipt.phoneUrl ==
          "https://tram.example/t/" + report.trackingCode + "#" + report.receiptSecret.reveal());
    CHECK(report.receiptSecret.reveal().size() == 22);
    CHECK(receipt.keptAt == world.kiosk.clock.wall());
    CHECK_FALSE(receipt.gatewayAt);
    CHECK_FALSE(receipt.status);
    CHECK(receipt.stuck.empty());

    CHECK(report.fieldId == "thoat-nuoc");
    CHECK(report.text.reveal() == "Nắp cống trước số 12 bị vỡ.");
    CHECK(report.wardCode == "27154");
    CHECK(report.address.reveal() == "12 Nguyễn Thiện Thuật");
    CHECK(report.disclosure == Disclosure::Named);
    CHECK(report.name.reveal() == "Nguyễn Văn An");
    CHECK(report.phone.reveal() == "0901234567");
    CHECK(report.consentVersion == "vi:2026-11-a");
    CHECK(report.consentAt == "2026-11-21T09:41:07.250+07:00");
    CHECK(report.language == "vi");
    CHECK(world.kiosk.body(items[0]).createdAt == "2026-11-21T09:41:07.250+07:00");
    // Nothing of it can be read where it waits.
    CHECK(items[0].envelope.find("Nguy") == std::string::npos);
    CHECK(items[0].envelope.find(report.trackingCode) == std::string::npos);
}

TEST_CASE("after Gửi only what the receipt shows is left in memory (STANDARDS 10, 13)") {
    World world;
    world->addPicture("a.jpg");
    world.toKept();
    const Draft& draft = world->draft();
    CHECK(draft.text.empty());
    CHECK(draft.name.empty());
    CHECK(draft.phone.empty());
    CHECK(draft.pictures.empty());
    CHECK(draft.fieldId == "thoat-nuoc");
    CHECK(draft.address.reveal() == "12 Nguyễn Thiện Thuật");
    CHECK(draft.disclosure == Disclosure::Named);
}

TEST_CASE(
    "without a name: no identity anywhere, time to the hour, consent only version and hour (STANDARDS 14)") {
    World world;
    world.toWho();
    world->setDisclosure(Disclosure::Named);
    world->setName("Nguyễn Văn An");
    world->setPhone("0901234567");
    world->setEmail("an@example.vn");
    world->setDisclosure(Disclosure::Anonymous);
    CHECK(world->draft().name.empty());
    CHECK(world->draft().phone.empty());
    CHECK(world->draft().email.empty());
    CHECK(world.refused() == Issues{Issue::ConsentMissing});
    world->setConsent(true, "vi:2026-11-a");
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    const auto items = world.kiosk.items();
    REQUIRE(items.size() == 1);
    const auto body = world.kiosk.body(items[0]);
    CHECK(body.createdAt == "2026-11-21T09:00:00.000+07:00");
    const auto report = world.kiosk.report(items[0]);
    CHECK(report.disclosure == Disclosure::Anonymous);
    CHECK(report.consentAt == "2026-11-21T09:00:00.000+07:00");
    CHECK(report.consentVersion == "vi:2026-11-a");
    for (const char* personal : {"Văn An", "0901234567", "an@example.vn", "09:41"})
        CHECK(body.fieldsJson.reveal().find(personal) == std::string::npos);
}

TEST_CASE("a name typed after choosing none is not sent") {
    World world;
    world.toWho();
    world->setDisclosure(Disclosure::Anonymous);
    world->setName("Nguyễn Văn An");
    world->setPhone("0901234567");
    world->setEmail("no address at all");
    CHECK(world->draft().name.empty());
    world->setConsent(true, "vi:2026-11-a");
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    const auto fields = world.kiosk.body(world.kiosk.items().at(0)).fieldsJson.copy();
    CHECK(fields.reveal().find("Văn An") == std::string::npos);
    CHECK(fields.reveal().find("0901234567") == std::string::npos);
}

TEST_CASE("no report without a name where 1022 does not take one") {
    World world(test::demoFields(false));
    CHECK_FALSE(world->anonymousAllowed());
    world.toWho();
    world->setDisclosure(Disclosure::Anonymous);
    CHECK_FALSE(world->draft().disclosure);
    CHECK(world.refused() == Issues{Issue::WhoMissing, Issue::ConsentMissing});
}

TEST_CASE("a name hidden in public is sealed all the same") {
    World world;
    world.toKept(Disclosure::NameHidden);
    const auto report = world.kiosk.report(world.kiosk.items().at(0));
    CHECK(report.disclosure == Disclosure::NameHidden);
    CHECK(report.name.reveal() == "Nguyễn Văn An");
}

TEST_CASE("consent belongs to what it was given for") {
    World world;
    world.toWho();
    world->setDisclosure(Disclosure::Anonymous);
    world->setConsent(true, "vi:2026-11-a");
    world->setDisclosure(Disclosure::Anonymous);
    CHECK(world->draft().consent);
    world->setDisclosure(Disclosure::Named);
    CHECK_FALSE(world->draft().consent);
    world.kiosk.clock.advance(30min);
    world->setName("An");
    world->setPhone("0901234567");
    world->setConsent(true, "vi:2026-11-a");
    world.kiosk.clock.advance(5min);
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    CHECK(world.kiosk.report(world.kiosk.items().at(0)).consentAt == "2026-11-21T10:11:07.250+07:00");
}

TEST_CASE("Gửi pressed twice keeps once") {
    World world;
    world.toCheck();
    world->send();
    world->send();
    world.kiosk.scheduler.settle();
    world->send();
    world->retry();
    world.kiosk.scheduler.settle();
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("nothing changes the draft while it is being kept, or after") {
    World world;
    world.toCheck();
    world->send();
    world->setText("Something else altogether");
    world->addPicture("late.jpg");
    world->edit(Step::Text);
    CHECK_FALSE(world->next());
    CHECK_FALSE(world->back());
    world.kiosk.scheduler.settle();
    CHECK(world.kiosk.report(world.kiosk.items().at(0)).text.reveal() == "Nắp cống trước số 12 bị vỡ.");
    world->setText("Something else altogether");
    CHECK(world->draft().text.empty());
    CHECK_FALSE(world->back());
}

TEST_CASE("a full disk: nothing was recorded, the draft is whole, and Gửi works later") {
    World world;
    world.kiosk.store->failures = {ProblemKind::DiskFull};
    world->addPicture("a.jpg");
    world.toCheck();
    world->send();
    world.kiosk.scheduler.settle();
    REQUIRE(world.is<situation::KeepFailed>());
    CHECK(std::get<situation::KeepFailed>(world->state()).problem.kind == ProblemKind::DiskFull);
    CHECK(world->receipt() == nullptr);
    CHECK(world.kiosk.items().empty());
    CHECK(world->draft().text.reveal() == "Nắp cống trước số 12 bị vỡ.");
    CHECK(world.pictures() == std::vector<std::string>{"a.jpg"});

    SECTION("again") {
        world->retry();
    }
    SECTION("back to the check first") {
        CHECK(world->back());
        CHECK(world.step() == Step::Check);
        world->send();
    }
    SECTION("after mending the text") {
        world->edit(Step::Text);
        CHECK(world.step() == Step::Text);
        REQUIRE(world->next());
        world->send();
    }
    world.kiosk.scheduler.settle();
    CHECK(world.is<situation::Kept>());
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("a code that was taken in between is replaced by another") {
    World world;
    world.kiosk.store->failures = {ProblemKind::Conflict, ProblemKind::Conflict};
    world.toKept();
    CHECK(world.kiosk.items().size() == 1);

    World unlucky;
    unlucky.kiosk.store->failures = std::vector(10, ProblemKind::Conflict);
    unlucky.toCheck();
    unlucky->send();
    unlucky.kiosk.scheduler.settle();
    CHECK(unlucky.is<situation::KeepFailed>());
}
