#include "press/Reasons.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace tram;
using base::ProblemKind;
using press::troubleOf;

TEST_CASE("what printers say of themselves is a trouble of ours, or none") {
    const auto [reason, kind] = GENERATE(table<std::string, std::optional<ProblemKind>>({
        {"none", std::nullopt},
        {"media-empty", ProblemKind::PrinterPaperOut},
        {"media-needed-error", ProblemKind::PrinterPaperOut},
        {"media-jam-error", ProblemKind::PrinterJam},
        {"output-area-full", ProblemKind::PrinterJam},
        {"cover-open", ProblemKind::PrinterOpen},
        {"door-open-report", ProblemKind::PrinterOpen},
        {"interlock-open-error", ProblemKind::PrinterOpen},
        {"input-tray-missing", ProblemKind::PrinterOpen},
        {"offline-report", ProblemKind::PrinterOffline},
        {"connecting-to-device", ProblemKind::PrinterOffline},
        {"shutdown", ProblemKind::PrinterOffline},
        {"timed-out", ProblemKind::PrinterOffline},
        {"toner-empty-error", ProblemKind::PrinterInkOut},
        {"marker-supply-empty", ProblemKind::PrinterInkOut},
        {"developer-empty", ProblemKind::PrinterInkOut},
        {"paused", ProblemKind::PrinterStopped},
        {"fuser-over-temp", ProblemKind::PrinterStopped},
        {"other-error", ProblemKind::PrinterStopped},
        {"media-low", std::nullopt},
        {"toner-low-warning", std::nullopt},
        {"com.example-chatty-report", std::nullopt},
        {"media-emptyish", std::nullopt},
        {"", std::nullopt},
        {"-error", std::nullopt},
    }));
    CAPTURE(reason);
    const auto trouble = troubleOf(reason);
    CHECK(trouble.has_value() == kind.has_value());
    if (trouble) CHECK(trouble->kind == *kind);
}

TEST_CASE("a warning may be about another tray and a line being made, an error is what stops the page") {
    CHECK(troubleOf("media-empty")->certain);
    CHECK(troubleOf("media-empty-error")->certain);
    CHECK_FALSE(troubleOf("media-empty-warning")->certain);
    CHECK_FALSE(troubleOf("media-empty-report")->certain);
    CHECK_FALSE(troubleOf("connecting-to-device")->certain);
}

TEST_CASE("of several reasons the one counts that somebody has to see to first") {
    using Reasons = std::vector<std::string>;
    CHECK(troubleOf(Reasons{"media-jam", "cover-open"})->kind == ProblemKind::PrinterOpen);
    CHECK(troubleOf(Reasons{"none"}) == std::nullopt);
    CHECK(troubleOf(Reasons{}) == std::nullopt);
    CHECK(troubleOf(Reasons{"toner-low", "paused", "media-empty"})->kind == ProblemKind::PrinterPaperOut);
    const auto mixed = troubleOf(Reasons{"cover-open-warning", "media-empty-error"});
    CHECK(mixed->kind == ProblemKind::PrinterPaperOut);
    CHECK(mixed->certain);
}
