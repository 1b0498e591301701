#include "rating/RatingFlow.h"

#include <catch2/catch.hpp>

#include "rating/FaultFlow.h"
#include "tests/support/FakeFeedback.h"

using namespace tram;
using namespace tram::rating;
using base::ProblemKind;

namespace {

std::shared_ptr<const Asked> ours() {
    return std::make_shared<const Asked>(Asked::load(TRAM_SOURCE_DIR "/resources/content").value());
}
wire::Rating dossier() {
    wire::Rating subject;
    subject.about = wire::Rating::About::Dossier;
    subject.code = "H29.168-261105-0042";
    subject.office = "Quầy 3";
    subject.proof = base::SecretText("AAECAwQFBgcICQoLDA0ODw");
    return subject;
}

struct World {
    test::FakeKiosk kiosk;
    RatingFlow flow{dossier(), ours(), kiosk.box, kiosk.scheduler, kiosk.clock};

    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(flow.state());
    }
    void send() {
        flow.send();
        kiosk.scheduler.settle();
    }
};

}  // namespace

TEST_CASE("a face, reasons and words become one sealed action that names nobody and tells the hour") {
    World world;
    world.flow.choose(2);
    REQUIRE(world.is<situation::Reasons>());
    world.flow.toggle("late");
    world.flow.toggle("impolite");
    world.flow.toggle("impolite");
    world.flow.next();
    world.flow.setWords("  Chờ lâu  ");
    world.flow.setLanguage("en");
    CHECK(world.kiosk.items().empty());
    world.send();
    REQUIRE(world.is<situation::Done>());
    const auto items = world.kiosk.items();
    REQUIRE(items.size() == 1);
    CHECK(items[0].kind == "rating.give");
    const auto body = world.kiosk.body(items[0]);
    CHECK(body.createdAt == "2026-11-21T09:00:00.000+07:00");
    const auto rating = wire::Rating::parse(body.fieldsJson.reveal());
    REQUIRE(rating);
    CHECK(rating->stars == 2);
    CHECK(rating->reasons == std::vector<std::string>{"late"});
    CHECK(rating->words.reveal() == "Chờ lâu");
    CHECK(rating->language == "en");
    CHECK(rating->code == "H29.168-261105-0042");
    CHECK(world.flow.rating().words.empty());
    world.send();  // once
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("one may go back and think again, and reasons that no longer fit are left out") {
    World world;
    CHECK_FALSE(world.flow.back());
    world.flow.choose(1);
    world.flow.toggle("late");
    world.flow.next();
    CHECK(world.flow.back());
    CHECK(world.flow.back());
    REQUIRE(world.is<situation::Faces>());
    world.flow.choose(5);
    CHECK(world.flow.chose("late"));
    world.flow.next();
    world.send();
    const auto rating = wire::Rating::parse(world.kiosk.body(world.kiosk.items()[0]).fieldsJson.reveal());
    REQUIRE(rating);
    CHECK(rating->stars == 5);
    CHECK(rating->reasons.empty());
    CHECK_FALSE(world.flow.back());
}

TEST_CASE("what cannot be kept is all there, and can be sent again") {
    World world;
    world.kiosk.store->failures = {ProblemKind::DiskFull};
    world.flow.choose(4);
    world.flow.next();
    world.flow.setWords("Tốt");
    world.send();
    REQUIRE(world.is<situation::KeepFailed>());
    CHECK(world.flow.rating().words.reveal() == "Tốt");
    world.send();
    CHECK(world.is<situation::Done>());
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("without reasons there is no page of them, and words are cut at what the wire takes") {
    test::FakeKiosk kiosk;
    RatingFlow flow(wire::Rating{}, nullptr, kiosk.box, kiosk.scheduler, kiosk.clock);
    flow.choose(0);
    flow.choose(6);
    REQUIRE(std::holds_alternative<situation::Faces>(flow.state()));
    flow.choose(3);
    REQUIRE(std::holds_alternative<situation::Words>(flow.state()));
    flow.setWords(std::string(1500, 'a'));
    CHECK(flow.rating().words.reveal().size() == wire::Rating::kMaxWords);
    CHECK(wire::Rating::parse(flow.rating().toJson().reveal()));
    CHECK(flow.back());
    CHECK(std::holds_alternative<situation::Faces>(flow.state()));
}

TEST_CASE("a fault is one action, too") {
    test::FakeKiosk kiosk;
    FaultFlow flow(kiosk.box, kiosk.scheduler, kiosk.clock);
    flow.send();
    CHECK(std::holds_alternative<fault::Choosing>(flow.state()));
    flow.choose(wire::KioskFault::Part::Printer);
    flow.setWords("Kẹt giấy");
    kiosk.store->failures = {ProblemKind::DiskFull};
    flow.send();
    kiosk.scheduler.settle();
    REQUIRE(std::holds_alternative<fault::KeepFailed>(flow.state()));
    CHECK(flow.back());
    flow.send();
    kiosk.scheduler.settle();
    REQUIRE(std::holds_alternative<fault::Done>(flow.state()));
    const auto items = kiosk.items();
    REQUIRE(items.size() == 1);
    CHECK(items[0].kind == "kiosk.fault");
    const auto read = wire::KioskFault::parse(kiosk.body(items[0]).fieldsJson.reveal());
    REQUIRE(read);
    CHECK(read->part == wire::KioskFault::Part::Printer);
    CHECK(read->words.reveal() == "Kẹt giấy");
}
