#include "FlowWorld.h"

using namespace tram;
using namespace tram::feedback;
using namespace std::chrono_literals;
using base::ProblemKind;
using test::World;
using wire::Disclosure;

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
    CHECK(world->draft().pictures[1].source == "2.jpg");
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
    FeedbackFlow::Services services{kiosk.box, test::picture, {}};
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

TEST_CASE("of each picture from a phone it is told once whether it is in the report") {
    World world;
    world.toPictures();
    for (const auto* name : {"1", "bad", "2", "3", "4", "5", "6"}) world.fromPhone(name);
    CHECK(world.told ==
          std::vector<std::string>{"5 useless", "6 useless"});  // five are prepared, no room for more
    world.kiosk.scheduler.settle();
    CHECK(world.told == std::vector<std::string>{"5 useless", "6 useless", "1 used", "bad useless", "2 used",
                                                 "3 used", "4 used"});
    world->addPicture(base::Result<base::SecretBytes>(base::fail(ProblemKind::BadSeal)),
                      [&](bool used) { world.told = {used ? "used" : "useless"}; });
    world.kiosk.scheduler.settle();
    CHECK(world.told == std::vector<std::string>{"useless"});
    CHECK(world.pictures().size() == 4);
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

namespace {

base::SecretBytes pdf(std::size_t size = 100) {
    std::vector<unsigned char> bytes{'%', 'P', 'D', 'F', '-', '1', '.', '4'};
    bytes.resize(size);
    return base::SecretBytes(std::move(bytes));
}

}  // namespace

TEST_CASE("papers are attached as one PDF beside the pictures, and leave the draft with them") {
    World world;
    world.toPictures();
    world->addPicture("1.jpg");
    world.kiosk.scheduler.settle();
    CHECK(world->attachPapers(pdf(), 2));
    CHECK(world->attachPapers(pdf(200), 3));  // in the place of the first
    CHECK(world->draft().paperPages == 3);
    REQUIRE(world->next());
    world->setDisclosure(Disclosure::Anonymous);
    world->setConsent(true, "vi:2026-11-a");
    REQUIRE(world->next());
    world->send();
    world.kiosk.scheduler.settle();
    REQUIRE(world.is<situation::Kept>());
    const auto body = world.kiosk.body(world.kiosk.items().at(0));
    REQUIRE(body.attachments.size() == 2);
    CHECK(body.attachments[0].mediaType == "image/jpeg");
    CHECK(body.attachments[1].mediaType == "application/pdf");
    CHECK(body.attachments[1].size > 200);
    CHECK(world->draft().papers.empty());
    CHECK(world->draft().paperPages == 0);
    CHECK_FALSE(world->attachPapers(pdf(), 1));
}

TEST_CASE("papers that are no PDF, or too many, are not attached, and those attached can be taken out") {
    World world;
    world.toPictures();
    CHECK_FALSE(world->attachPapers(base::SecretBytes({'%', 'P', 'D', 'F', '-'}), 1));
    CHECK_FALSE(world->attachPapers(base::SecretBytes(std::vector<unsigned char>(100, 'x')), 1));
    CHECK_FALSE(world->attachPapers(pdf(), 0));
    CHECK_FALSE(world->attachPapers(pdf(), 61));
    CHECK_FALSE(world->attachPapers(pdf((24u << 20) + 1), 1));
    CHECK(world->draft().papers.empty());
    CHECK(world->attachPapers(pdf(24u << 20), 60));
    world->removePapers();
    CHECK(world->draft().papers.empty());
    CHECK(world->draft().paperPages == 0);
}
