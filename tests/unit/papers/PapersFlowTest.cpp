#include "papers/PapersFlow.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "papers/IdentityPapers.h"
#include "papers/Sources.h"
#include "tests/support/FakeScheduler.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::papers;
using base::ProblemKind;
using device::PageHelper;

namespace {

const std::string kCard =
    "079090001234|025123456|Nguyễn Văn An|02011990|Nam|12 Nguyễn Huệ, Phường Sài Gòn, TP. Hồ Chí "
    "Minh|25042021";

/// The shortest thing that paper::bindPages takes for a page, with a mark of its own and as many bytes as
/// asked.
base::SecretBytes jpeg(unsigned char mark, std::size_t size = 40) {
    std::vector<unsigned char> bytes{0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x0B, 8,    0,    42,   0,
                                     30,   1,    1,    0x11, 0,    0xFF, 0xDA, 0x00, 0x02, mark};
    bytes.resize(size);
    return base::SecretBytes(std::move(bytes));
}

/// Somebody with papers before a camera.
struct Desk {
    PageHelper::Page next() {
        PageHelper::Page page;
        page.jpeg = jpeg(++mark, pageBytes);
        page.thumbnail = base::SecretBytes({mark});
        page.width = 30, page.height = 42, page.dpi = 200;
        page.shape = shape;
        page.looksLikeQr = qr;
        if (!code.empty()) page.codes.emplace_back(code);
        return page;
    }
    base::Result<PageHelper::Page> clean() {
        if (trouble) return base::fail(*trouble);
        return next();
    }
    PapersFlow::Services services() {
        return {[this](const base::SecretBytes&) { return clean(); },
                [this](const std::filesystem::path&) { return clean(); }, forgetFile};
    }
    void take(int times = 1) {
        for (int i = 0; i < times; ++i) {
            flow.capture(base::SecretBytes({'x'}));
            scheduler.settle();
            flow.accept();
        }
    }
    std::vector<int> order() const {
        std::vector<int> marks;
        for (const auto& page : flow.pages()) marks.push_back(page.jpeg.reveal()[19]);
        return marks;
    }
    template <class Situation>
    const Situation* is() const {
        return std::get_if<Situation>(&flow.state());
    }

    unsigned char mark = 0;
    std::size_t pageBytes = 40;
    PageHelper::Shape shape = PageHelper::Shape::Sheet;
    bool qr = false;
    std::string code;
    std::optional<ProblemKind> trouble;
    test::FakeClock clock;
    test::FakeScheduler scheduler;
    PapersFlow::Settings settings;
    PapersFlow flow{settings, services(), scheduler, clock};
};

}  // namespace

TEST_CASE("papers: captured, looked at, accepted, and made one PDF") {
    Desk desk;
    CHECK(desk.is<situation::Empty>());
    desk.flow.capture(base::SecretBytes({'x'}));
    CHECK(desk.is<situation::Cleaning>());
    desk.scheduler.settle();
    REQUIRE(desk.is<situation::Captured>());
    REQUIRE(desk.flow.captured());
    CHECK(desk.flow.captured()->thumbnail.reveal().at(0) == 1);
    CHECK(desk.flow.pages().empty());
    desk.flow.accept();
    CHECK(desk.is<situation::Pages>());
    desk.take(2);
    CHECK(desk.order() == std::vector<int>{1, 2, 3});

    desk.flow.makePdf();
    CHECK(desk.is<situation::Binding>());
    desk.scheduler.settle();
    const auto* bound = desk.is<situation::Bound>();
    REQUIRE(bound);
    CHECK(bound->pages == 3);
    const auto size = bound->bytes;
    const auto pdf = desk.flow.takePdf();
    CHECK(pdf.reveal().size() == size);
    CHECK(std::string(pdf.reveal().begin(), pdf.reveal().begin() + 5) == "%PDF-");
    CHECK(desk.is<situation::Empty>());
    CHECK(desk.flow.pages().empty());
    CHECK(desk.flow.takePdf().empty());
}

TEST_CASE("papers: retake, rotate, move and remove") {
    Desk desk;
    desk.take(3);
    desk.flow.capture(base::SecretBytes({'x'}));
    desk.scheduler.settle();
    desk.flow.rotateCaptured();
    CHECK(desk.flow.captured()->quarters == 1);
    CHECK(desk.flow.captured()->uprightSure);
    desk.flow.retake();
    CHECK_FALSE(desk.flow.captured());
    CHECK(desk.order() == std::vector<int>{1, 2, 3});
    desk.flow.move(0, 2);
    CHECK(desk.order() == std::vector<int>{2, 3, 1});
    desk.flow.move(2, 1);
    CHECK(desk.order() == std::vector<int>{2, 1, 3});
    desk.flow.move(1, 7);
    desk.flow.remove(7);
    desk.flow.rotate(7);
    for (int i = 0; i < 5; ++i) desk.flow.rotate(1);
    CHECK(desk.flow.pages()[1].quarters == 1);
    desk.flow.remove(0);
    CHECK(desk.order() == std::vector<int>{1, 3});
    desk.flow.remove(0);
    desk.flow.remove(0);
    CHECK(desk.is<situation::Empty>());
    desk.flow.makePdf();
    CHECK(desk.is<situation::Empty>());
}

TEST_CASE("papers: what fails is told, and the pages before it are kept") {
    Desk desk;
    desk.take(2);
    for (const auto kind : {ProblemKind::PageMissing, ProblemKind::SeveralPages, ProblemKind::HelperFailed}) {
        desk.trouble = kind;
        desk.take();
        const auto* failed = desk.is<situation::Failed>();
        REQUIRE(failed);
        CHECK(failed->why.kind == kind);
        CHECK(failed->kept == 2);
    }
    desk.trouble.reset();
    desk.take();
    CHECK(desk.is<situation::Pages>());
    CHECK(desk.order() == std::vector<int>{1, 2, 3});
    desk.trouble = ProblemKind::PageMissing;
    desk.take();
    desk.flow.retake();
    CHECK(desk.is<situation::Pages>());
}

TEST_CASE("papers: a citizen's card is refused unless the role may capture it") {
    Desk desk;
    desk.take();
    SECTION("by what its code says, on whatever it lies") {
        desk.code = kCard;
    }
    SECTION("by what it is laid out as") {
        desk.code = kCard;
        desk.code.replace(0, 12, "0790900012xx");
    }
    SECTION("by a card's proportions and a code that could not be read") {
        desk.shape = PageHelper::Shape::Card;
        desk.qr = true;
    }
    desk.take();
    const auto* failed = desk.is<situation::Failed>();
    REQUIRE(failed);
    CHECK(failed->why.kind == ProblemKind::IdentityPaper);
    CHECK_FALSE(desk.flow.captured());
    CHECK(desk.order() == std::vector<int>{1});

    PapersFlow officer({.mayCaptureIdentityPapers = true}, desk.services(), desk.scheduler, desk.clock);
    officer.capture(base::SecretBytes({'x'}));
    desk.scheduler.settle();
    CHECK(officer.captured());
}

TEST_CASE("papers: other codes and cards without one are no identity papers") {
    Desk desk;
    desk.code = "https://cds.example.vn/t/K7M3Q9X2TW";
    CHECK_FALSE(showsIdentityPaper(desk.next(), desk.clock.wall()));
    desk.qr = true;
    CHECK_FALSE(showsIdentityPaper(desk.next(), desk.clock.wall()));
    desk.code.clear();
    desk.qr = false;
    desk.shape = PageHelper::Shape::Card;
    CHECK_FALSE(showsIdentityPaper(desk.next(), desk.clock.wall()));
}

TEST_CASE("papers: sixty pages are full") {
    Desk desk;
    desk.take(59);
    CHECK(desk.is<situation::Pages>());
    desk.take();
    const auto* full = desk.is<situation::Full>();
    REQUIRE(full);
    CHECK(full->limit == Limit::Pages);
    desk.take();
    CHECK(desk.flow.pages().size() == 60);
    desk.flow.makePdf();
    desk.scheduler.settle();
    REQUIRE(desk.is<situation::Bound>());
    desk.flow.backToPages();
    CHECK(desk.is<situation::Full>());
    desk.flow.remove(3);
    CHECK(desk.is<situation::Pages>());
}

TEST_CASE("papers: so are as many bytes as a PDF may have, and the page too many is not in it") {
    Desk desk;
    desk.pageBytes = 9u << 20;
    desk.take(3);
    const auto* full = desk.is<situation::Full>();
    REQUIRE(full);
    CHECK(full->limit == Limit::Bytes);
    CHECK(desk.flow.pages().size() == 2);
    desk.flow.makePdf();
    desk.scheduler.settle();
    CHECK(desk.is<situation::Bound>());
}

TEST_CASE("papers: what comes after the end of a session comes to nothing") {
    Desk desk;
    desk.take();
    desk.flow.capture(base::SecretBytes({'x'}));
    desk.scheduler.runBackground();
    desk.flow.clear();
    desk.scheduler.settle();
    CHECK(desk.is<situation::Empty>());
    CHECK_FALSE(desk.flow.captured());
    desk.take();
    desk.flow.makePdf();
    desk.flow.clear();
    desk.scheduler.settle();
    CHECK(desk.is<situation::Empty>());
}

TEST_CASE("papers: a scanner's file is gone once its page is there, and stays when it has none") {
    const test::TempDir dir;
    const auto file = dir / "scan.jpg";
    const auto scan = [&](Desk& desk) {
        std::ofstream(file) << "secret";
        desk.flow.captureFile(file);
        desk.scheduler.settle();
    };
    Desk desk;
    scan(desk);
    CHECK(desk.is<situation::Captured>());
    CHECK_FALSE(std::filesystem::exists(file));
    desk.trouble = ProblemKind::PageMissing;
    scan(desk);
    CHECK(desk.is<situation::Failed>());
    CHECK(std::filesystem::exists(file));
    desk.trouble.reset();
    desk.code = kCard;
    scan(desk);
    CHECK(desk.is<situation::Failed>());
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("papers: only a plain file is forgotten") {
    const test::TempDir dir;
    std::ofstream(dir / "kept") << "kept";
    std::filesystem::create_symlink(dir / "kept", dir / "link");
    forgetFile(dir / "link");
    CHECK(std::filesystem::exists(dir / "link"));
    CHECK(std::filesystem::file_size(dir / "kept") == 4);
    forgetFile(dir.path());
    forgetFile(dir / "absent");
    CHECK(std::filesystem::exists(dir.path()));
}

TEST_CASE("papers: of a scanner's folder only pictures written since then are told, the oldest first") {
    const test::TempDir dir;
    CHECK_FALSE(scannerFiles(dir / "absent", {}).folder);
    const auto since = base::SystemClock().wall();
    const auto put = [&](const char* name, int seconds) {
        std::ofstream(dir / name) << "x";
        const struct timespec at{
            std::chrono::duration_cast<std::chrono::seconds>(since.time_since_epoch()).count() + seconds, 0};
        const struct timespec times[2] = {at, at};
        REQUIRE(utimensat(AT_FDCWD, (dir / name).c_str(), times, 0) == 0);
    };
    put("later.JPG", 20);
    put("sooner.png", 10);
    put("before.jpeg", -10);
    put("notes.txt", 10);
    std::filesystem::create_symlink(dir / "later.JPG", dir / "link.jpg");
    std::filesystem::create_directory(dir / "folder.jpg");
    const auto found = scannerFiles(dir.path(), since);
    CHECK(found.folder);
    CHECK(found.older == 1);
    REQUIRE(found.fresh.size() == 2);
    CHECK(found.fresh[0].path == dir / "sooner.png");
    CHECK(found.fresh[1].path == dir / "later.JPG");
    CHECK(found == scannerFiles(dir.path(), since));
}

TEST_CASE("papers: each page has a number of its own, and says whether it shows an identity paper") {
    Desk desk;
    PapersFlow officer({.mayCaptureIdentityPapers = true}, desk.services(), desk.scheduler, desk.clock);
    const auto take = [&] {
        officer.capture(base::SecretBytes({'x'}));
        desk.scheduler.settle();
        officer.accept();
    };
    take();
    desk.code = kCard;
    take();
    officer.move(0, 1);
    REQUIRE(officer.pages().size() == 2);
    CHECK(officer.pages()[0].number == 2);
    CHECK(officer.pages()[0].identity);
    CHECK(officer.pages()[1].number == 1);
    CHECK_FALSE(officer.pages()[1].identity);
}
