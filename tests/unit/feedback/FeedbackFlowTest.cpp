#include "feedback/FeedbackFlow.h"

#include <catch2/catch.hpp>

#include "base/VietnameseText.h"
#include "tests/support/FakeFeedback.h"

using namespace tram;
using namespace tram::feedback;
using namespace std::chrono_literals;
using base::ProblemKind;
using wire::Disclosure;

namespace {

base::Result<DraftPicture> picture(const std::filesystem::path& file) {
    if (file == "bad") return base::fail(ProblemKind::PictureUnreadable);
    const std::string name = file.string();
    return DraftPicture{"", base::SecretBytes({name.begin(), name.end()}), base::SecretBytes({1})};
}

struct World {
    explicit World(wire::FeedbackFields given = test::demoFields()) : fields(std::move(given)) {}

    wire::FeedbackFields fields;
    test::FakeKiosk kiosk;
    int changes = 0;
    int asked = 0;
    std::string askedSecret;
    std::function<base::Result<wire::FeedbackStatus>()> answer = [] {
        return base::fail(ProblemKind::NotFound);
    };
    std::unique_ptr<FeedbackFlow> flow = make();

    FeedbackFlow& operator*() { return *flow; }
    FeedbackFlow* operator->() { return flow.get(); }

    Step step() const {
        const auto* editing = std::get_if<situation::Editing>(&flow->state());
        REQUIRE(editing);
        return editing->step;
    }
    template <class Situation>
    bool is() const {
        return std::holds_alternative<Situation>(flow->state());
    }
    void toText() { flow->chooseField("thoat-nuoc"); }
    void toPlace() {
        toText();
        flow->setText("Nắp cống trước số 12 bị vỡ.");
        REQUIRE(flow->next());
    }
    void toPictures() {
        toPlace();
        flow->setWard("27154");
        flow->setAddress("12 Nguyễn Thiện Thuật");
        REQUIRE(flow->next());
    }
    void toWho() {
        toPictures();
        REQUIRE(flow->next());
    }
    void toCheck(Disclosure disclosure = Disclosure::Named) {
        toWho();
        flow->setDisclosure(disclosure);
        flow->setName("Nguyễn Văn An");
        flow->setPhone("090 123 45 67");
        if (disclosure == Disclosure::Anonymous) flow->setDisclosure(disclosure);
        flow->setConsent(true, "vi:2026-11-a");
        REQUIRE(flow->next());
        REQUIRE(step() == Step::Check);
    }
    void toKept(Disclosure disclosure = Disclosure::Named) {
        toCheck(disclosure);
        flow->send();
        kiosk.scheduler.settle();
        REQUIRE(is<situation::Kept>());
    }
    std::vector<Issue> refused() {
        CHECK_FALSE(flow->next());
        return flow->issues();
    }
    std::vector<std::string> pictures() const {
        std::vector<std::string> names;
        for (const auto& p : flow->draft().pictures)
            names.emplace_back(p.jpeg.reveal().begin(), p.jpeg.reveal().end());
        return names;
    }

  private:
    std::unique_ptr<FeedbackFlow> make() {
        FeedbackFlow::Services services;
        services.outbox = kiosk.box;
        services.preparePicture = picture;
        services.status = [this](const std::string&, const base::SecretText& secret) {
            ++asked;
            askedSecret = secret.reveal();
            return answer();
        };
        auto made = std::make_unique<FeedbackFlow>(
            FeedbackFlow::Settings{fields, "27154", "vi", "https://tram.example/"}, std::move(services),
            kiosk.scheduler, kiosk.clock);
        made->onChange = [this] { ++changes; };
        return made;
    }
};

using Issues = std::vector<Issue>;

}  // namespace

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
    CHECK(world->issues() == Issues{Issue::NameMissing, Issue::ContactMissing, Issue::ConsentMissing});
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

TEST_CASE("pictures keep the order they were chosen in, and are sent with the report") {
    World world;
    world.toPictures();
    world->addPicture("1.jpg");
    world->addPicture("2.jpg");
    world->addPicture("3.jpg");
    CHECK(world->pictureBusy() == 3);
    world.kiosk.scheduler.settle();
    CHECK(world->pictureBusy() == 0);
    CHECK(world.pictures() == std::vector<std::string>{"1.jpg", "2.jpg", "3.jpg"});
    world->removePicture(world->draft().pictures[1].id);
    world->addPicture("4.jpg");
    world.kiosk.scheduler.settle();
    CHECK(world.pictures() == std::vector<std::string>{"1.jpg", "3.jpg", "4.jpg"});

    REQUIRE(world->next());
    world->setDisclosure(Disclosure::Anonymous);
    world->setConsent(true, "vi:2026-11-a");
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    const auto item = world.kiosk.items().at(0);
    CHECK(item.attachments.size() == 3);
    CHECK(world.kiosk.body(item).attachments.at(0).mediaType == "image/jpeg");
}

TEST_CASE("a picture prepared out of turn takes its own place") {
    // Two schedulers' worth of background: the second finishes first.
    struct Reordering final : base::Scheduler {
        std::vector<Task> tasks;
        std::vector<std::pair<std::weak_ptr<void>, Task>> ui;
        void background(Task task) override { tasks.push_back(std::move(task)); }
        void onUi(std::weak_ptr<void> token, Task task) override {
            ui.emplace_back(std::move(token), std::move(task));
        }
        void after(base::Millis, std::weak_ptr<void>, Task) override {}
    } scheduler;
    test::FakeKiosk kiosk;
    FeedbackFlow::Services services{kiosk.box, picture, {}};
    FeedbackFlow flow({test::demoFields(), "27154", "vi", "https://tram.example"}, services, scheduler,
                      kiosk.clock);
    flow.addPicture("first");
    flow.addPicture("second");
    scheduler.tasks[1]();
    scheduler.tasks[0]();
    for (auto& [token, task] : scheduler.ui) task();
    REQUIRE(flow.draft().pictures.size() == 2);
    CHECK(flow.draft().pictures[0].jpeg.reveal().front() == 'f');
    CHECK(flow.draft().pictures[1].jpeg.reveal().front() == 's');
    CHECK(flow.draft().pictures[0].id != flow.draft().pictures[1].id);
}

TEST_CASE("five pictures and no more, those under way counted") {
    World world;
    world.toPictures();
    for (int i = 0; i < 5; ++i) world->addPicture("p");
    CHECK_FALSE(world->pictureProblem());
    world->addPicture("p");
    REQUIRE(world->pictureProblem());
    CHECK(world->pictureProblem()->kind == ProblemKind::TooManyPictures);
    CHECK(world->pictureProblem()->fact("expected") == "5");
    world.kiosk.scheduler.settle();
    CHECK(world->draft().pictures.size() == 5);
    world->removePicture(world->draft().pictures[0].id);
    CHECK_FALSE(world->pictureProblem());
    world->addPicture("p");
    CHECK(world->pictureBusy() == 1);
}

TEST_CASE("a picture that cannot be used is told, and the others stay") {
    World world;
    world.toPictures();
    world->addPicture("good");
    world->addPicture("bad");
    world.kiosk.scheduler.settle();
    REQUIRE(world->pictureProblem());
    CHECK(world->pictureProblem()->kind == ProblemKind::PictureUnreadable);
    CHECK(world.pictures() == std::vector<std::string>{"good"});
    CHECK(world->pictureBusy() == 0);
    CHECK(world->next());
    CHECK_FALSE(world->pictureProblem());
}

TEST_CASE("Gửi waits for pictures under way") {
    World world;
    world.toCheck();
    world->edit(Step::Pictures);
    world->addPicture("slow.jpg");
    REQUIRE(world->next());
    world->send();
    CHECK(world.is<situation::Keeping>());
    CHECK(world.kiosk.items().empty());
    world.kiosk.scheduler.settle();
    REQUIRE(world.is<situation::Kept>());
    CHECK(world.kiosk.items().at(0).attachments.size() == 1);
}

TEST_CASE("a picture that fails while Gửi waits for it stops the sending") {
    World world;
    world.toCheck();
    world->edit(Step::Pictures);
    world->addPicture("bad");
    world->addPicture("good");
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    CHECK(world.step() == Step::Check);
    REQUIRE(world->pictureProblem());
    CHECK(world.kiosk.items().empty());
    CHECK(world->pictureBusy() == 0);
    world->send();
    world.kiosk.scheduler.settle();
    CHECK(world.is<situation::Kept>());
    CHECK(world.kiosk.items().at(0).attachments.size() == 1);
}

TEST_CASE("a flow that is gone is not called back, what it had sent is kept") {
    World world;
    world.toCheck();
    world->send();
    const int before = world.changes;
    SECTION("before the background ran") {
        world.flow.reset();
    }
    SECTION("between background and screen") {
        world.kiosk.scheduler.runBackground();
        world.flow.reset();
    }
    world.kiosk.scheduler.settle();
    world.kiosk.scheduler.advance(1h);
    CHECK(world.changes == before);
    CHECK(world.kiosk.items().size() == 1);
    CHECK(world.kiosk.scheduler.waitingTimers() == 0);

    World other;
    other->addPicture("late");
    other.flow.reset();
    other.kiosk.scheduler.settle();
}

TEST_CASE("the receipt tells when the gateway has it, then what 1022 says") {
    World world;
    world.toKept();
    const Receipt& receipt = *world->receipt();
    const auto id = world.kiosk.items().at(0).id;
    const std::string secret = receipt.phoneUrl.substr(receipt.phoneUrl.find('#') + 1);

    world.kiosk.scheduler.advance(30s);
    CHECK_FALSE(receipt.gatewayAt);
    CHECK(world.asked == 0);  // the gateway is not bothered with a report it has not got

    const auto accepted = world.kiosk.clock.wall();
    REQUIRE(world.kiosk.store->markAccepted(id, accepted));
    int before = world.changes;
    world.kiosk.scheduler.advance(1s);
    CHECK(receipt.gatewayAt == accepted);
    CHECK(world.asked == 1);
    CHECK(world.askedSecret == secret);
    CHECK(world.changes > before);
    CHECK_FALSE(receipt.status);

    world.answer = [] { return test::statusOf(wire::FeedbackState::Accepted, "1022-000123"); };
    before = world.changes;
    world.kiosk.scheduler.advance(3s);
    REQUIRE(receipt.status);
    CHECK(receipt.status->externalNumber == "1022-000123");
    CHECK(world.changes == before + 1);

    before = world.changes;
    world.kiosk.scheduler.advance(9s);
    CHECK(world.asked == 5);
    CHECK(world.changes == before);  // nothing new, nothing painted

    world.answer = [] { return base::fail(ProblemKind::NoNetwork); };
    world.kiosk.scheduler.advance(3s);
    CHECK(receipt.status->state == wire::FeedbackState::Accepted);  // what was known stays known

    world.answer = [] { return test::statusOf(wire::FeedbackState::Answered, "1022-000123"); };
    world.kiosk.scheduler.advance(3s);
    CHECK(receipt.status->state == wire::FeedbackState::Answered);
    const int asked = world.asked;
    world.kiosk.scheduler.advance(1h);
    CHECK(world.asked == asked);  // the last word has been said
}

TEST_CASE("1022 is asked eagerly for two minutes, then patiently") {
    World world;
    world.toKept();
    REQUIRE(world.kiosk.store->markAccepted(world.kiosk.items().at(0).id, world.kiosk.clock.wall()));
    world.kiosk.scheduler.advance(1s);
    REQUIRE(world.asked == 1);
    world.kiosk.scheduler.advance(117s);
    CHECK(world.asked == 40);
    world.kiosk.scheduler.advance(60s);
    CHECK(world.asked == 44);
}

TEST_CASE("a report that waits for staff says so, and goes on when they have helped") {
    World world;
    world.toKept();
    const auto id = world.kiosk.items().at(0).id;
    REQUIRE(world.kiosk.store->markNeedsAttention(id, "bad_signature"));
    world.kiosk.scheduler.advance(1s);
    CHECK(world->receipt()->stuck == "bad_signature");
    REQUIRE(world.kiosk.store->retry(id));
    world.kiosk.scheduler.advance(1s);
    CHECK(world->receipt()->stuck.empty());
    REQUIRE(world.kiosk.store->markAccepted(id, world.kiosk.clock.wall()));
    world.kiosk.scheduler.advance(1s);
    CHECK(world->receipt()->gatewayAt);
}
