// tram-print, a CUPS of our own and printers that misbehave; no page of theirs is a page of ours.
#include "device/CupsPrinter.h"

#include <catch2/catch.hpp>
#include <optional>

#include "tests/support/PrintRoom.h"
#include "tests/support/PumpScheduler.h"

using namespace tram;
using base::ProblemKind;
using device::CupsPrinter;
using device::PrintState;
using Stage = PrintState::Stage;

namespace {

const std::filesystem::path kProgram = TRAM_BINARY_DIR "/bin/tram-print";
constexpr base::Millis kPatience{300};
const std::string kWords = "%PDF-1.4\nNguyen Thi Anh, 152 Ly Chinh Thang\n";

paper::Pdf page(const std::string& words = kWords) {
    return {base::SecretBytes({words.begin(), words.end()}), 1, 80, 120};
}

/// A kiosk with its printer, and what it has been told.
class Station {
  public:
    explicit Station(const test::PrintRoom& room, const std::string& queue = "paper")
        : printer(kProgram, {queue, paper::Stock::Thermal80, room.socket()}, scheduler, kPatience) {}

    void print(paper::Pdf what = page()) {
        printer.print(std::move(what), [this](const PrintState& state) { told.push_back(state); });
    }
    bool comes(Stage stage, std::optional<ProblemKind> trouble = {}) {
        return scheduler.until([&] { return !told.empty() && told.back() == PrintState{stage, trouble}; });
    }
    bool passed(Stage stage) const {
        return std::ranges::any_of(told, [&](const PrintState& state) { return state.stage == stage; });
    }

    test::PumpScheduler scheduler;
    std::vector<PrintState> told;
    CupsPrinter printer;
};

}  // namespace

TEST_CASE("a page is printed, byte by byte, and nothing of it is left behind") {
    const test::PrintRoom room;
    Station at(room);
    at.print();
    REQUIRE(at.comes(Stage::Done));
    CHECK(at.told.front().stage == Stage::Sending);
    CHECK(room.pages() == std::vector{kWords});
    CHECK(room.spoolEmpty());
}

TEST_CASE("a large document is streamed") {
    const test::PrintRoom room;
    Station at(room);
    const std::string large = "%PDF-1.4\n" + std::string(3 << 20, 'x');
    at.print(page(large));
    REQUIRE(at.comes(Stage::Done));
    CHECK((room.pages() == std::vector{large}));
}

TEST_CASE("what holds a page up is told, and that it is over") {
    const auto [reason, kind] = GENERATE(table<std::string, ProblemKind>({
        {"media-empty-error", ProblemKind::PrinterPaperOut},
        {"media-jam", ProblemKind::PrinterJam},
        {"cover-open", ProblemKind::PrinterOpen},
        {"offline-report", ProblemKind::PrinterOffline},
        {"marker-supply-empty-error", ProblemKind::PrinterInkOut},
        {"hang", ProblemKind::PrinterStopped},
    }));
    const test::PrintRoom room;
    Station at(room);
    room.trouble(reason);
    at.print();
    REQUIRE(at.comes(Stage::Printing, kind));
    CHECK_FALSE(at.printer.mayRepeat());
    room.trouble("");
    REQUIRE(at.comes(Stage::Done));
    CHECK(room.pages().size() == 1);
}

TEST_CASE("a job that CUPS gives up has failed, and may be printed once more") {
    const test::PrintRoom room;
    Station at(room);
    room.trouble("fail");
    at.print();
    REQUIRE(at.comes(Stage::Failed, ProblemKind::PrinterStopped));
    CHECK(room.spoolEmpty());
    room.trouble("");
    REQUIRE(at.printer.mayRepeat());
    at.printer.again();
    CHECK_FALSE(at.printer.mayRepeat());
    REQUIRE(at.comes(Stage::Done));
    CHECK(room.pages() == std::vector{kWords});
    CHECK_FALSE(at.printer.mayRepeat());
    at.printer.again();
    CHECK(room.pages().size() == 1);
}

TEST_CASE("who leaves while paper is out takes the page along") {
    const test::PrintRoom room;
    Station at(room);
    room.trouble("media-empty-error");
    at.print();
    REQUIRE(at.comes(Stage::Printing, ProblemKind::PrinterPaperOut));
    const auto heard = at.told.size();
    at.printer.leave();
    CHECK(room.spoolEmpty());
    CHECK_FALSE(at.printer.mayRepeat());
    room.trouble("");
    at.scheduler.runAll();
    CHECK(at.told.size() == heard);
    CHECK(room.pages().empty());
}

TEST_CASE("what waits behind another page is taken out of the queue") {
    const test::PrintRoom room;
    Station first(room), second(room);
    room.trouble("hang");
    first.print();
    REQUIRE(first.comes(Stage::Printing));
    second.print(page("%PDF-1.4\nsecond\n"));
    REQUIRE(second.comes(Stage::Spooled));
    second.printer.leave();
    CHECK(test::soon([&] { return room.spool().size() <= 2; }));  // of the first: document and record
    room.trouble("");
    REQUIRE(first.comes(Stage::Done));
    CHECK(room.pages() == std::vector{kWords});
}

TEST_CASE("what is being printed comes out though its session has ended, and is gone from the spool then") {
    const test::PrintRoom room;
    {
        Station at(room);
        room.trouble("hang");
        at.print();
        REQUIRE(at.comes(Stage::Printing));
    }  // as by a kiosk's exec, or its crash: nothing but the end of the line tells tram-print
    room.trouble("");
    CHECK(test::soon([&] { return room.pages().size() == 1; }));
    CHECK(room.spoolEmpty());
}

TEST_CASE("a page that stands still after its session has ended does not come out for the next person") {
    const test::PrintRoom room;
    {
        Station at(room);
        room.trouble("hang");
        at.print();
        REQUIRE(at.comes(Stage::Printing));
    }
    CHECK(room.spoolEmpty());
    room.trouble("");
    CHECK(room.pages().empty());
}

TEST_CASE("the next page takes the place of the one before") {
    const test::PrintRoom room;
    Station at(room);
    room.trouble("media-jam");
    at.print();
    REQUIRE(at.comes(Stage::Printing, ProblemKind::PrinterJam));
    at.print(page("%PDF-1.4\nnext\n"));
    room.trouble("");
    REQUIRE(at.comes(Stage::Done));
    CHECK(room.spoolEmpty());
    CHECK(room.pages().back() == "%PDF-1.4\nnext\n");
}

TEST_CASE("without the queue, without CUPS, without tram-print it is said at once") {
    test::PrintRoom room;
    {
        Station at(room, "absent");
        at.print();
        CHECK(at.comes(Stage::Failed, ProblemKind::PrinterMissing));
    }
    {
        Station at(room);
        room.stop();
        at.print();
        CHECK(at.comes(Stage::Failed, ProblemKind::PrintingAway));
        CHECK(at.printer.mayRepeat());
    }
    test::PumpScheduler scheduler;
    CupsPrinter printer("/nonexistent/tram-print", {"paper", paper::Stock::A4, {}}, scheduler);
    std::optional<PrintState> told;
    printer.print(page(), [&](const PrintState& state) { told = state; });
    REQUIRE(scheduler.until([&] { return told.has_value(); }));
    CHECK(*told == PrintState{Stage::Failed, ProblemKind::PrinterStopped});
}

TEST_CASE("CUPS that goes away with a page is told, then given up") {
    test::PrintRoom room;
    Station at(room);
    room.trouble("hang");
    at.print();
    REQUIRE(at.comes(Stage::Printing));
    room.stop();
    CHECK(at.comes(Stage::Printing, ProblemKind::PrintingAway));
    CHECK(at.comes(Stage::Failed, ProblemKind::PrintingAway));
}

TEST_CASE("a printer in the network says what is wrong with it, and is gone in the middle of a page") {
    const test::TempDir dir;
    auto printer = std::make_unique<test::Program>(
        std::vector<std::string>{"/usr/bin/python3", "-B",
                                 TRAM_SOURCE_DIR "/tests/unit/device/ipp_printer.py", dir.path().string()},
        dir / "port");
    std::string port;
    REQUIRE(test::soon([&] { return bool(std::ifstream(dir / "port") >> port); }));
    const test::PrintRoom room("ipp://127.0.0.1:" + port + "/ipp/print");
    Station at(room, "ipp");

    SECTION("it prints") {
        at.print();
        CHECK(at.comes(Stage::Done));
        CHECK(room.spoolEmpty());
    }
    SECTION("it is gone") {
        std::ofstream(dir / "slow") << "1";
        at.print(page("%PDF-1.4\n" + std::string(8 << 20, 'x')));
        REQUIRE(test::soon([&] { return std::filesystem::exists(dir / "begun"); }));
        REQUIRE(at.comes(Stage::Printing));
        printer.reset();
        REQUIRE(at.scheduler.until([&] { return at.told.back().trouble.has_value(); }));
        CHECK((at.told.back().trouble == ProblemKind::PrinterOffline ||
               at.told.back().trouble == ProblemKind::PrinterStopped));
        at.printer.leave();
        CHECK(room.spoolEmpty());
    }
}

TEST_CASE("a look at a queue says how it is") {
    test::PrintRoom room;
    const auto look = [&](const char* queue) {
        return CupsPrinter::look(kProgram, {queue, paper::Stock::A4, room.socket()});
    };
    const auto fine = look("paper");
    REQUIRE(fine);
    CHECK_FALSE(fine->trouble);
    CHECK(look("absent").error().kind == ProblemKind::PrinterMissing);
    {
        Station at(room);
        room.trouble("media-empty-warning");
        at.print();
        REQUIRE(at.comes(Stage::Printing, ProblemKind::PrinterPaperOut));
        const auto empty = look("paper");
        REQUIRE(empty);
        CHECK(empty->trouble == ProblemKind::PrinterPaperOut);
        CHECK(empty->reasons == std::vector<std::string>{"media-empty-warning"});
    }
    room.stop();
    CHECK(look("paper").error().kind == ProblemKind::PrintingAway);
}
