// That these tests can fail: programs with a defect in them, ended where it matters, are found out by the
// same checks.
#include <catch2/catch.hpp>

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>

#include "GatewayRun.h"
#include "KioskRun.h"
#include "Report.h"

using namespace tram;
using namespace tram::kills;

namespace {

void mustBeFound(Ledger& ledger, const std::string& kind) {
    INFO(listed(ledger.findings()));
    CHECK(ledger.found(kind));
}

}  // namespace

TEST_CASE("planted: a page that thanks before the row is written loses a report") {
    test::Dice dice("thanks first");
    KioskRun run(dice, {.keeper = "thanks-first"});
    run.turn(run.keeping().at(Phase::RowWritten, How::Torn), run.sending().quiet());
    run.close();
    mustBeFound(run.ledger(), "lost");
}

TEST_CASE("planted: a row written before its attachments leaves a report that cannot be sent") {
    test::Dice dice("row first");
    KioskRun run(dice, {.keeper = "row-first"});
    for (int i = 0; i < 4; ++i)  // of two reports in a row at least one has pictures
        run.turn(run.keeping().at(Phase::AttachmentWritten, How::Torn), run.sending().quiet());
    run.close();
    mustBeFound(run.ledger(), "stuck");
    mustBeFound(run.ledger(), "lost");
}

TEST_CASE("planted: an agent that marks before the answer says what is not true") {
    test::Dice dice("marks first");
    KioskRun run(dice, {.agent = HASTY_AGENT});
    run.turn(run.keeping().quiet(), run.sending().at(Phase::Post, How::Before));
    run.turn(run.keeping().quiet(),
             run.sending().at(Phase::Post, How::Before));  // its keeper tells the receipts
    run.close();
    mustBeFound(run.ledger(), "untrue");
    mustBeFound(run.ledger(), "lost");
}

TEST_CASE("planted: a report sent again because nobody was told of the first is doubled") {
    test::Dice dice("send again");
    KioskRun run(dice, {.sendAgain = true});
    run.turn(run.keeping().at(Phase::Told, How::Before, 2), run.sending().quiet());
    run.turn(run.keeping().quiet(), run.sending().quiet());
    run.close();
    mustBeFound(run.ledger(), "doubled");
}

TEST_CASE("planted: a gateway that answers before its commit is on the disk loses a report") {
    test::Dice dice("answers first");
    GatewayRun run(dice, 1, 25);
    // The head of the answer, then its body: with the second the kiosk has it.
    auto plan = run.plans().at(Phase::Answered, How::After, 2);
    plan.forgetful = 1;
    run.turn(plan);
    CHECK(run.tally().of(Phase::Answered) == 1);
    run.close();
    mustBeFound(run.ledger(), "lost");
}

TEST_CASE("planted: whatever is spoilt at either end afterwards is found") {
    test::Dice dice("spoilt");
    KioskRun run(dice, {});
    run.turn(run.keeping().quiet(), run.sending().quiet());
    run.finish();
    Ledger untouched = run.ledger(), spoilt = run.ledger();
    run.judge(untouched);
    INFO(listed(untouched.findings()));
    REQUIRE(untouched.findings().empty());

    SQLite::Database cases((run.gatewayData() / "demo-1022.db").string(), SQLite::OPEN_READWRITE);
    cases.exec("UPDATE cases SET report = 'nobody' WHERE number = (SELECT min(number) FROM cases)");
    SQLite::Database city((run.gatewayData() / "gateway.db").string(), SQLite::OPEN_READWRITE);
    city.exec(
        "UPDATE envelopes SET state = 'quarantined' WHERE sequence = (SELECT max(sequence) FROM envelopes)");
    const auto picture = city.execAndGet("SELECT kiosk || '/' || sha256 FROM attachments").getString();
    std::fstream(run.gatewayData() / "attachments" / picture, std::ios::in | std::ios::out).put('x').put('y');
    std::ofstream(run.gatewayData() / "attachments" / "left") << "over";
    std::ofstream(run.kioskData() / "attachments" / "left") << "over";
    run.judge(spoilt);
    for (const char* kind :
         {"quarantined", "torn", "doubled", "stray gateway file", "stray kiosk file", "case of no report"})
        mustBeFound(spoilt, kind);
}
